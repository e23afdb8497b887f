def double(number):
    if not isinstance(number, int):
        raise TypeError("a number, please")
    return number * 2
