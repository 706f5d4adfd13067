"""What is to be bought and how it goes: plans, activities, key figures, decisions."""
