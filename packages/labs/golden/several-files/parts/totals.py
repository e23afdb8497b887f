class Total:
    def __init__(self):
        self.held = []

    def add(self, number):
        self.held.append(number)

    def sum(self):
        return sum(self.held)
