"""Phrases of the report: key -> the sentence in English, or its singular and plural."""

from __future__ import annotations

from collections.abc import Mapping

REPORT: Mapping[str, str | tuple[str, str]] = {
    "at_out_of_100": "At %(score)s out of 100, this dimension is your whole score.",
    "at_out_of_100_its": (
        "At %(score)s out of 100, it’s level with your other dimensions. It makes up %(weight)s%% of "
        "your overall score."
    ),
    "at_out_of_100_no": (
        "At %(score)s out of 100, no other dimension is lower. It makes up %(weight)s%% of your overall score."
    ),
    "at_out_of_100_no_other": (
        "At %(score)s out of 100, no other dimension is higher. It makes up %(weight)s%% of your overall score."
    ),
    "at_out_of_100_its_between": (
        "At %(score)s out of 100, it’s between your highest and lowest scores. It makes up "
        "%(weight)s%% of your overall score."
    ),
    "overall_score": "Overall score",
    "start_here": "Start here",
    "start_with_your_weakest": "Start with your weakest area",
    "build_on_it": "Build on it",
    "make_it_last": "Make it last",
    "pdf_page_of": "Page %(page)s of %(pages)s",
    "summary": "Summary",
    "score_out_of_100": "%(score)s out of 100",
    "name_and_text": "%(name)s: %(text)s",
    "you_average": "%(title)s: you %(score)s, average %(peers)s",
    "title_and_score": "%(title)s: %(score)s out of 100",
    "quoted_answer": "“%(answer)s”",
    "days_and_heading": "Days %(since)s–%(until)s: %(heading)s",
    "next_step": "Next step",
    "how_your_score_is": "How your score is calculated",
    "version_answered_on": "%(survey)s, version %(version)s, answered on %(date)s.",
    "where_youre_behind": "Where you’re behind",
    "one_point_below_average": (
        "%(title)s: one point below average.",
        "%(title)s: %(n)s points below average.",
    ),
    "where_youre_ahead": "Where you’re ahead",
    "one_point_above_average": (
        "%(title)s: one point above average.",
        "%(title)s: %(n)s points above average.",
    ),
    "averages_are_from_the": "Averages are from the day you answered. They show what’s typical, not what’s best.",
    "prepared_for": "Prepared for",
    "date": "Date",
    "result": "Result",
    "your_results_by_dimension": "Your results by dimension, lowest first",
    "results_by_dimension": "Your results by dimension",
    "what_it_means": "What it means",
    "your_answers": "Your answers",
    "recommended_action": "Recommended action",
    "has_no_score_because": "“%(title)s” has no score because none of your answers covers it.",
    "each_answer_about_how": (
        "Each answer about how you work today earns points, from zero for the first level to full "
        "points for the best answer. A dimension’s score is the share of available points you earned "
        "in the questions you answered. Your overall score is the weighted average of the dimensions."
    ),
    "dimension": "Dimension",
    "score": "Score",
    "weight": "Weight",
    "points_in_overall_score": "Points in overall score",
    "scores_are_rounded_for": "Scores are rounded for display only.",
    "what_its_based_on": "What it’s based on",
    "you_were_asked_one": (
        "You were asked one question.",
        "You were asked %(n)s questions.",
    ),
    "you_answered_one_of": (
        "You answered one of them.",
        "You answered %(n)s of them.",
    ),
    "one_answer_counts_toward": (
        "One answer counts toward the score; any others are about you and your plans.",
        "%(n)s answers count toward the score; any others are about you and your plans.",
    ),
    "one_i_dont_know": (
        "One “I don’t know” was left out; it doesn’t count as zero.",
        "%(n)s “I don’t know” answers were left out; they don’t count as zero.",
    ),
    "couldnt_be_scored_so": "“%(title)s” couldn’t be scored, so it isn’t part of the average.",
    "about_these_figures": "About these figures",
    "these_figures_reflect_one": (
        "These figures reflect one person’s answers on one day. Before any major decision, ask two "
        "colleagues to take the diagnostic too."
    ),
    "your_data": "Your data",
    "stores_your_answers_to": (
        "%(sender)s stores your answers to create this report and to get back to you. You can ask to "
        "see, correct or delete them at any time."
    ),
    "your_answers_are_stored": (
        "Your answers are stored to create this report and to get back to you. You can ask to see, "
        "correct or delete them at any time."
    ),
    "after_days_take_this": "After %(days)s days, take this diagnostic again and compare the two reports.",
    "your_biggest_opportunity": "Your biggest opportunity",
    "score_out_of_100_sentence": "%(score)s out of 100.",
    "your_biggest_strength": "Your biggest strength",
    "theres_no_score_because": (
        "There’s no score because none of your answers covers how you work today. See “How your score is calculated”."
    ),
    "your_figures": "Your figures",
    "calculated_as": "Calculated as %(formula)s",
    "how_its_calculated": "How it’s calculated",
    "largest_of": "largest of (%(values)s)",
    "smallest_of": "smallest of (%(values)s)",
    "rounded": "rounded (%(value)s)",
    "parts_count_among_themselves": (
        "A dimension with parts is their weighted average; the weights of its parts count among themselves."
    ),
    "radar_chart": "Radar chart of the scores listed below",
    "where_you_stand": "Where you stand",
    "if_you_only_do": "If you only do one thing",
}
