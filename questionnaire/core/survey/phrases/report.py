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
    "start_here": "Start here",
    "start_with_your_weakest": "Start with your weakest area",
    "build_on_it": "Build on it",
    "make_it_last": "Make it last",
    "measure_your_progress": "Measure your progress",
    "take_this_diagnostic_again": "Take this diagnostic again with the same people and compare the two reports.",
    "by_day_you_know": "By day %(day)s, you know which scores have changed and by how much.",
    "by_day_you_can": "By day %(day)s, you can honestly answer “%(answer)s” to “%(question)s”.",
    "by_day_is_still": "By day %(day)s, “%(answer)s” is still true and your next review is booked.",
    "by_day_you_score": "By day %(day)s, you score more than %(score)s out of 100 for “%(title)s”.",
    "overall_score": "Overall score",
    "page_of_2": "Page %(page)s of %(pages)s",
    "summary": "Summary",
    "out_of_100_2": "%(score)s out of 100",
    "value_2": "%(name)s: %(text)s",
    "you_average": "%(title)s: you %(score)s, average %(peers)s",
    "out_of_100_2_2": "%(title)s: %(score)s out of 100",
    "value_2_2": "“%(answer)s”",
    "the_next_level_looks": "The next level looks like this: “%(answer)s”",
    "your_90_day_plan": "Your 90-day plan",
    "days": "Days %(since)s–%(until)s: %(heading)s",
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
    "your_results_by_dimension_2": "Your results by dimension",
    "your_answers": "Your answers",
    "what_the_next_level": "What the next level looks like",
    "this_alone_would_take": "This alone would take your overall score to %(score)s.",
    "what_it_means": "What it means",
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
    "one_step_at_a": (
        "One step at a time: finish each before you start the next. Every step tells you how you’ll know it’s done."
    ),
    "days_2": "Days %(since)s–%(until)s",
    "theres_no_score_because": (
        "There’s no score because none of your answers covers how you work today. See “How your score is calculated”."
    ),
    "where_you_stand": "Where you stand",
    "your_biggest_opportunity": "Your biggest opportunity",
    "out_of_100_your": "%(score)s out of 100. Your plan starts here.",
    "your_biggest_strength": "Your biggest strength",
    "out_of_100_2_2_2": "%(score)s out of 100.",
    "if_you_only_do": "If you only do one thing",
}
