"""Import of SurveyJS JSON, as its Creator saves it (https://surveyjs.io/form-library/documentation/api-reference).

Law: `survey` reads the file, `questions` and `tables` its elements; names and defaults are those of SurveyJS 1 and 2.
"""
