from datetime import date

ADULT = 18


def age_on(day: date, *, born: date) -> int:
    """Whole years on the day; 29 February counts as 1 March in other years. Never below 0."""
    before_birthday = (day.month, day.day) < (born.month, born.day)
    return max(0, day.year - born.year - before_birthday)
