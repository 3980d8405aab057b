"""The XML of Word: packages with limits, the words of WordprocessingML, the parts people write in."""
