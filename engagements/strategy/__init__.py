"""The city's international strategy as dated data. Pure Python: nothing here knows the database."""
