"""An edited report beside its record: figures, sentences, tables, charts, order; what differs."""
