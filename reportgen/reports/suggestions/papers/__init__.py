"""The papers of the year: 交办, 答复, 征询, 会办, 督办, 承诺, 总结; what each may name and its wording."""
