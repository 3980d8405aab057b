"""What a template may name: texts, lists, charts; and the words of the built-in templates."""
