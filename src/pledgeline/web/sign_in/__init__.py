"""How people sign in: django-allauth, with our pages, our limits and nobody let in unasked."""
