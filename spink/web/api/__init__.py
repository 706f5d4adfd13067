"""What the REST API's answers are made of: problems, pages of a list, parameters, versions.

Knows no app, as the rest of `spink.web`; who calls is `spink.accounts.api`.
"""
