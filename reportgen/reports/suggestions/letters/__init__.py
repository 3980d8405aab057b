"""Reply letters (答复函): their grammar, which item each answers, and what can be wrong with them."""
