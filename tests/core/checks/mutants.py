"""Mutants of the sample files: one change each, and a part of the message that its author reads.

`path = value` replaces a value, `path -` removes it, `path + key = value` adds a key.
"""

from __future__ import annotations

SURVEY = """
pages.0.questions.0.type = singel_choice | did you mean `single_choice`?
pages.0.questions.0.titel = x | `titel` is not a key here — did you mean `title`?
pages.0.questions.0.title - | `title` is missing
pages.0.questions.0.name = 3rd | wrong_value
pages.0.questions.0.name = industry | the name `industry` stands twice
pages.0.questions.0.criterion = sise | did you mean `size`?
pages.0.questions.0.required = maybe | wrong_value
pages.0.questions.0.choices - | `choices` is missing
pages.0.questions.0.choices = [] | wrong_value
pages.0.questions.0.choices.0.level = micros | did you mean `micro`?
pages.0.questions.0.choices.0.value = "10_49" | duplicate_choice
pages.0.questions.0.choices.0.value - | `value` is missing
pages.0.questions.0.choices.0.text - | `text` is missing
pages.0.questions.0.choices.0.levl = micro | did you mean `level`?
pages.0.questions.0.choices.0.emits = demo | unknown_signal
pages.0.questions.1.choices.5.flags = [competitr] | did you mean `competitor`?
pages.0.questions.1.choices.5.flags = competitor | wrong_value
pages.0.questions.2.criterion = buying_rol | did you mean `buying_role`?
pages.0.questions.2.choices.1.level = influencr | did you mean `influencer`?
pages.1.questions.0.dimension = definition | did you mean `definitions`?
pages.1.questions.0.choices.0.maturity = -1 | wrong_value
pages.1.questions.0.choices.0.maturity = many | wrong_value
pages.1.questions.0.choices.2.maturity - | has no maturity
pages.1.questions.1.dimension = sped | did you mean `speed`?
pages.1.questions.2.type = text | unknown_key
pages.1.questions.3.show_if = {feedback: nothing} | is this very question
pages.1.questions.3.show_if = {timeline: lt_3m} | is asked later
pages.1.questions.3.show_if = {respnse_time: same_day} | did you mean `response_time`?
pages.1.questions.3.show_if = {response_time: same_dy} | did you mean `same_day`?
pages.1.questions.3.show_if = {response_time: {equals: same_day}} | condition
pages.1.questions.3.show_if = {email: {known: true}} | is asked at the gate
pages.1.questions.3.show_if = {fit: {gte: 3}} | is not known while the survey runs
pages.2.questions.1.show_if = {timeline: [lt_3m, m3_7]} | did you mean
pages.2.questions.1.show_if = timeline | write a mapping such as `{timeline: [lt_3m, m3_6]}`
pages.2.questions.2.choices.0.emits = demo_reqest | did you mean `demo_request`?
pages.0.name = practice | the name `practice` stands twice
pages.0.questions = [] | wrong_value
pages.0.quetsions = [] | did you mean `questions`?
dimensions.0.name = scoring | the name `scoring` stands twice
dimensions.0.weight = 0 | wrong_value
dimensions.0.title - | `title` is missing
display.mode = one_per_page | did you mean `one_per_screen`?
display.gate = before_results | did you mean `before_result`?
display.progress = bars | did you mean `bar`?
display.estimate_minutes = 500 | wrong_value
display.teaser = all | unknown_value
languages = [en, english_language] | write the language's code
languages = [en, en] | the language `en` stands twice
languages = [en, de] | no text is written in `de`
policy = Default | wrong_value
version = 0 | wrong_value
version = four | wrong_value
id = Sales Marketing | wrong_value
titel = x | did you mean `title`?
title = "{{compny}}" | did you mean `company`?
embed.allowed_origins = [nordlicht] | is not the origin of a site
hidden_fields.0.name = email | the name `email` stands twice
hidden_fields.0.criterion = sector | anybody can set `utm_source` in the address
hidden_fields.4.trust = sined | did you mean `signed`?
hidden_fields.4.criterion = triger_event | did you mean `trigger_event`?
contact.fields.0.type = mail | did you mean `email`?
contact.fields.1.name = email | the name `email` stands twice
contact.fields.4.criterion = seniorty | did you mean `seniority`?
contact.fields = [] | wrong_value
contact.consents.2.basis = consents | did you mean `consent`?
contact.consents.2.name = tracking | the name `tracking` stands twice
contact.consents.2.name = email | the name `email` stands twice
report.order = weakest | did you mean `weakest_first`?
report.sections = [cover, sumary] | did you mean `summary`?
report.overall.0.from = 5 | the first band does not start at 0
report.overall.1.from = 50 | two bands start at 50
report.overall.1.from = 60 | stands after the one from 60
report.overall.3.from = 101 | wrong_value
report.overall.0.text - | `text` is missing
report.dimensions.speeds = [{from: 0, text: x}] | did you mean `speed`?
report.dimensions.speed - | the dimension `speed` has no bands
report.next_step.0.block = thanks | there is no block `thanks`
report.next_step.0.when = {stag: disqualified} | did you mean `stage`?
report.next_step.0.when = {stage: disqualifed} | did you mean `disqualified`?
report.next_step.1.when = {signal: demo_reqest} | did you mean `demo_request`?
report.blocks.spare = {text: x} | no next step uses the block `spare`
report.blocks.book_demo.url = "javascript:x" | start it with `https://`
report.blocks.thanks_only.text = "Hi {{first_nam}}" | did you mean `first_name`?
report.benchmark.group_by = industri | did you mean `industry`?
report.benchmark.group_by = email | is not one choice from a list
"""

POLICY = """
fit.max = lots | wrong_value
fit.grades = {A: 21, B: 42, C: 0} | grades must fall
fit.criteria.size.levels.core = many | is not a number of points
fit.criteria.size.icp = [cores] | did you mean `core`?
fit.criteria.size.bands.cor = [50, 500] | did you mean `core`?
fit.criteria.size.bands.small = [10] | write both ends
fit.criteria.zone.countries.core = [UK] | GB
fit.criteria.sise = {levels: {a: 1}} | the survey does not measure `sise`
fit.completeness.of = [size, sectr] | did you mean `sector`?
fit.completeness.minimum = 160% | write it like `60%`
intent.ranks = {1: 20, 2: 40, 3: 0} | ranks must fall
intent.signals.demo_request.group = hand_rise | did you mean `hand_raise`?
intent.signals.demo_request.strength = strongest | did you mean `strong`?
intent.signals.demo_request.window = 90 | write it like `P90D` or `P6M`
intent.signals.demo_request.decay = {every: P1M, by: 25%} | never both
intent.signals.pricing_page_visit.strong_at = {within: P30D} | `count` or `assets` is missing
timing.levels = {hot: 30, warm: 60, cold: 0} | levels must fall
timing.criteria.timeline.levels.lt_3m = {points: 60, valid: P3M} | `valid` is not a key here
timing.not_now.lasts = six months | write it like `P90D` or `P6M`
mql.immediate_on = [demo_reqest] | did you mean `demo_request`?
mql.min_fit = 90 | no lead has more than 70
mql.total_of = [fit, intents] | did you mean `intent`?
sql.mode = asisted | did you mean `assisted`?
sql.require.fit_grade = D | unknown_value
sql.review_if = {size: [strech]} | did you mean `stretch`?
disqualify.0.when = {flg: competitor} | did you mean `flag`?
disqualify.1.when = {domain_in: competitor} | did you mean `competitors`?
disqualify.3.when = {email_kind: disposible} | did you mean `disposable`?
disqualify.0.reason = Not ICP | wrong_value
checklist.0.check = {icp: sise} | did you mean `size`?
checklist.5.check = {intent: {gte: forty}} | number
checklist.1.id = FIT-1 | twice
checklist.0.text - | `text` is missing
routing.rules.2.assign = {pool: dac} | did you mean `dach`?
routing.rules.2.assign = {} | name one of `pool`, `rep` or `owner`
routing.rules.2.when = {country: [UK]} | GB
routing.pools.dach.0.rep = lenna | did you mean `lena`?
sla.first_contact.1.within = 4 hours | wrong_value
sla.warn_at = [50%, 180%] | write it like `60%`
calendars.default.timezone = Europe/Pariss | did you mean `Europe/Paris`?
calendars.default.holidays = FRA | FR
calendars.berlin.hours = {mon-fry: "09:00-18:00"} | fry
reps.0.calendar = berln | did you mean `berlin`?
reps.0.role = boss | unknown_value
reps.1.id = lena | twice
rejection_reasons.0.then = disqualifies | did you mean `disqualify`?
verify = [company_equals_nam] | did you mean `company_equals_name`?
"""

CASES = """
cases.0.answers.employes = 50_199 | did you mean `employees`?
cases.0.answers.employees = 50_200 | did you mean
cases.0.answers.industry = sass | did you mean `saas`?
cases.0.contact.emial = x@y.example | did you mean `email`?
cases.0.at = tomorrow | write it like `2026-10-02T17:30:00+02:00`
cases.0.signals.0.name = pricing_page | did you mean `pricing_page_visit`?
cases.0.expect.lable = A1 | did you mean `label`?
cases.0.history = {not_now: 2026-01-01} | did you mean `not_now_on`?
"""
