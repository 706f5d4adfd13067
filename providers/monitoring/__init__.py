"""Sources that tell of providers. It knows no models, no database and no Django: settings and
whom to ask about come in, answers go out."""
