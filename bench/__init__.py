"""How fast it is, as ratios to hand-written limits measured in the same run (`make bench`, SCALE=small for a quick one)."""
