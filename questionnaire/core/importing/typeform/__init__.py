"""Import of Typeform JSON, as its Create API returns a form (https://www.typeform.com/developers/create/).

Law: `form` reads the form, `fields` its questions, `logic` what its actions say, `paths` who gets where by its jumps.
"""
