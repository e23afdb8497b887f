TOTAL = 1 / 0
