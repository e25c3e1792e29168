"""Import of LimeSurvey's survey structure (.lss), of the layout since 4.0 and of older ones.

Law: `tables` finds the rows of the export, `survey` reads groups and texts, `questions` and `arrays` the types,
`relevance` conditions, `assessments` scores. A place is a question's code or a table with the number of its row.
"""
