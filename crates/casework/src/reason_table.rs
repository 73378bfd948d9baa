// The table of reasons. Included by refusal.rs.
reasons! {
    // Of every kind of case.
    NotNow "not_now" { zh: "“{status}”时不能{act}；现在可以：{possible}", en: "the case is {status}: it cannot {act} now; what can be done: {possible}" }
    NotYours "not_yours" { zh: "{party}无权{act}；有权的是：{parties}", en: "it is not for the {party} to {act}; it is for: {parties}" }
    NotInOffice "not_in_office" { zh: "{day} {person} 不是 {unit} 的{party}", en: "on {day}, {person} is no {party} of {unit}" }
    NotTheOne "not_the_one" { zh: "{person} 不是本案的{party}", en: "{person} is not the {party} of this case" }
    InTheFuture "in_the_future" { zh: "{at} 晚于登记时刻 {now}", en: "{at} lies after {now}, when it is recorded" }
    BeforeTheLast "before_the_last" { zh: "{at} 早于本案此前的办理时刻 {last}", en: "{at} lies before {last}, when the case was last acted on" }
    SameHands "same_hands" { zh: "{person} 已{before}，不能再{act}：提出、决定、执行须由不同的人办理", en: "{person} did {before} before and cannot {act}: who proposes, who decides and who carries out are different people" }
    Empty "empty" { zh: "没有写明：{field}", en: "{field} is not given" }
    NoRule "no_rule" { zh: "规则没有写明 {rule}", en: "the rulebook does not say {rule}" }
    NoCalendar "no_calendar" { zh: "时限无法计算：{why}", en: "the time limit cannot be reckoned: {why}" }

    // Rectification (art. 15).
    NoExtensionLeft "no_extension_left" { zh: "最多延期 {most} 次，已延期 {granted} 次", en: "at most {most:extension|extensions} may be granted; {granted} have been" }
    ExtensionTooLong "extension_too_long" { zh: "延期 {asked} 超过上限 {most}", en: "an extension of {asked} is longer than {most}" }
    AskedTooLate "asked_too_late" { zh: "期限 {due} 已过，不能再申请延期", en: "the time limit ended at {due}; an extension can no longer be asked for" }
    OwnWork "own_work" { zh: "{person} 属于 {unit}，不能检查本单位", en: "{person} belongs to {unit} and cannot inspect their own unit" }

    // Sanction (arts. 6, 18) and whatever is decided about a person.
    OwnCase "own_case" { zh: "{person} 是当事人，不能在自己的案件中{act}", en: "{person} is the person concerned and cannot {act} in their own case" }
    NoSanction "no_sanction" { zh: "{consequence} 属于{kind}，不是处罚", en: "{consequence} is of kind {kind}: it is no sanction" }
    NotOfTheTier "not_of_the_tier" { zh: "{tier} 不对应 {consequence}；可以：{possible}", en: "{consequence} is outside the bounds of {tier}; possible: {possible}" }
    HigherBody "higher_body" { zh: "{consequence} 由{parties}决定，{party}不能改为这一处罚", en: "{consequence} is decided by the {parties}; the {party} cannot decide on it instead" }
    NoMoneyRule "no_money_rule" { zh: "规则没有为 {consequence} 规定款项性质，不得扣款", en: "the rulebook gives {consequence} no money in law; nothing may be withheld" }
    MoneyTooMuch "money_too_much" { zh: "款项 {amount} 不在 0 与 {most} 之间", en: "the sum {amount} does not lie between 0 and {most}" }
    FactMissing "fact_missing" { zh: "{consequence} 以事实记录为前提，尚缺：{facts}", en: "{consequence} asks for recorded facts first; missing: {facts}" }
    ChargeNotMended "charge_not_mended" { zh: "收费问题须先退还或更正，才能{act}", en: "a charging problem must be refunded or corrected first; until then, nobody can {act}" }
    StillLasts "still_lasts" { zh: "处罚期至 {last}，尚未届满", en: "it lasts until {last}, that day included" }
    DoesNotSuspend "does_not_suspend" { zh: "规则规定申诉期间不停止执行", en: "under the rulebook an appeal does not suspend execution" }
    Aggravated "aggravated" { zh: "申诉不得加重：{consequence} 重于原决定 {decided}", en: "an appeal never aggravates: {consequence} is graver than {decided}, which was decided" }

    // Appeal (an extension that the rulebook switches on).
    AppealTooLate "appeal_too_late" { zh: "申诉期限至 {due}，已过期", en: "the time limit for an appeal ended at {due}" }
    AppealBeforeNotice "appeal_before_notice" { zh: "决定于 {notified} 通知，申诉不能早于通知", en: "the decision was told at {notified}; an appeal cannot come before that" }
    HeardByDecider "heard_by_decider" { zh: "{person} 参与了原处罚的建议或决定，不能{act}", en: "{person} had part in the decision that is appealed and cannot {act}" }
    NotOfTheCase "not_of_the_case" { zh: "原决定不以 {record} 为依据", en: "the decision does not rest on {record}" }
    NothingChanged "nothing_changed" { zh: "与原决定相同，没有变更", en: "that is what was decided already; nothing is changed" }

    // Misconduct of inspectors (art. 10).
    ReviewsPending "reviews_pending" { zh: "尚未复核的检查：{inspections}", en: "not yet reviewed: {inspections}" }
    NotListed "not_listed" { zh: "{inspection} 不在待复核清单中", en: "{inspection} is not on the list for review" }

    // Adoption of rulebooks (arts. 11, 26).
    ForceBeforeAdoption "force_before_adoption" { zh: "生效日 {from} 早于通过日 {adopted}", en: "it cannot be in force from {from}: it is adopted on {adopted} only" }
    NotYetInForce "not_yet_in_force" { zh: "自 {from} 起施行，尚未到期", en: "it is in force from {from} on, not before" }
    ReplacedTooEarly "replaced_too_early" { zh: "新规则自 {until} 起施行，不晚于本规则施行日 {from}", en: "it is in force from {from}; what replaces it must begin after that, not on {until}" }
    NoteTwice "note_twice" { zh: "解释 {note} 已存在", en: "there is an interpretation {note} already" }

    // Filings (arts. 5, 19).
    NotThatPeriod "not_that_period" { zh: "{period} 不是“{filing}”的报送期", en: "{period} is no period for which the filing “{filing}” is owed" }

    // Month close (arts. 3, 14).
    PeriodOpen "period_open" { zh: "{period} 尚未结束", en: "{period} is not over yet" }
    NotThoseRules "not_those_rules" { zh: "考核所依据的规则应为 {period} 施行的版本，而非 {adoption}", en: "the assessment of {period} must rest on the rules in force then, not on {adoption}" }
    ObjectedTooLate "objected_too_late" { zh: "异议期至 {due}，已过期", en: "the time for objections ended at {due}" }
    ReviewOpen "review_open" { zh: "异议期至 {due}，尚未届满", en: "units may object until {due}" }
    ObjectionsOpen "objections_open" { zh: "尚有 {count} 件异议未答复", en: "{count:objection|objections} not answered yet" }
    NoSuchObjection "no_such_objection" { zh: "没有待答复的第 {number} 号异议", en: "there is no objection number {number} that waits for an answer" }
    NotLaterPublication "not_later_publication" { zh: "更正须在 {period} 之后的公布中登载，而非 {in}", en: "what changes later appears in a publication after {period}, not in that of {in}" }

    // Commendation (arts. 2, 14).
    AwardOutOfRange "award_out_of_range" { zh: "{award} 的级别或分值不符合规则", en: "the level or points do not fit what the rulebook says of {award}" }
    DayNotAhead "day_not_ahead" { zh: "{day} 不晚于 {today}", en: "{day} does not lie after {today}" }
}
