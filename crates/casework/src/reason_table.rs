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
    // Of cases that do not show to everybody, and of what becomes findings.
    NoSuchCase "no_such_case" { zh: "没有可供 {person} 查看的此案", en: "there is no such case for {person}" }
    NotOfUnit "not_of_unit" { zh: "{day} {subject} 不属于 {unit}", en: "on {day}, {subject} does not belong to {unit}" }
    LongId "long_id" { zh: "编号 {id} 过长，最多 {most} 个字符", en: "the number {id} is too long; at most {most:character|characters} are possible" }

    // Inspection (arts. 4, 9, 16, 17, 20, 21).
    CovertSelf "covert_self" { zh: "自查不能是暗访", en: "a self-inspection cannot be a covert visit" }
    TooFewInspectors "too_few_inspectors" { zh: "检查组至少 {least} 人，现有 {named} 人", en: "a team needs at least {least:inspector|inspectors}; {named} are named" }
    Recused "recused" { zh: "{person} 已回避本次检查", en: "{person} keeps away from this inspection" }
    CoolingOff "cooling_off" { zh: "{person} {day} 仍属于 {unit}，离开满 {limit} 后方可检查", en: "{person} still belonged to {unit} on {day} and may inspect it only {limit} after leaving" }
    NoTeam "no_team" { zh: "尚未组成检查组", en: "no team is appointed" }
    NotOfTheTeam "not_of_the_team" { zh: "{person} 不是检查组成员", en: "{person} is not of the team" }
    NotTheLead "not_the_lead" { zh: "{person} 不是检查组组长 {lead}", en: "{person} is not {lead}, who leads the team" }
    StillOnSite "still_on_site" { zh: "现场检查尚未结束", en: "the work on site has not ended" }
    AlreadyLeft "already_left" { zh: "现场检查已于 {at} 结束", en: "the work on site ended at {at}" }
    FoundThere "found_there" { zh: "本次检查已查出 {clause} 的问题，该条款不能作为不适用", en: "{clause} was found in this inspection, so that it cannot be one that did not apply" }
    AlreadySigned "already_signed" { zh: "报告已签字或已记录拒签", en: "the report is signed, or the refusal to sign is recorded" }
    NotSigned "not_signed" { zh: "报告既未签字，也未记录拒签", en: "the report is neither signed, nor is a refusal to sign recorded" }
    NoWitness "no_witness" { zh: "{person} 是检查组成员，不能作拒签见证人", en: "{person} is of the team and cannot witness the refusal to sign" }

    // Complaint (arts. 2, 12).
    NotTheContact "not_the_contact" { zh: "{person} 是投诉人之一，但不是联系人", en: "{person} is one of the complainants, but not their contact" }
    NotTheReceiver "not_the_receiver" { zh: "{person} 不是本投诉的首接责任人", en: "{person} is not the first receiver of this complaint" }
    ConcernsYou "concerns_you" { zh: "本投诉针对 {person}，本人不能{act}", en: "the complaint is about {person}, who therefore cannot {act}" }
    NobodyToAsk "nobody_to_ask" { zh: "匿名投诉，无人可问", en: "the complaint is anonymous: there is nobody to ask" }
    AlreadyAsked "already_asked" { zh: "已向投诉人提问，尚未答复", en: "the complainant was asked already and has not answered" }
    NothingAsked "nothing_asked" { zh: "没有待投诉人答复的问题", en: "there is no question that the complainant has not answered" }
    ReopenTooLate "reopen_too_late" { zh: "{until} 已过，不能再提出不满意", en: "{until} has passed: it can no longer be reopened" }
    MayStillReopen "may_still_reopen" { zh: "{until} 前投诉人仍可提出不满意", en: "until {until} the complainant may still say that they are not satisfied" }
    IntoItself "into_itself" { zh: "{complaint} 不能与自身并案", en: "{complaint} cannot be merged into itself" }
    AlreadyTakenIn "already_taken_in" { zh: "{complaint} 已并入本案", en: "{complaint} was taken in already" }
    WrongChannel "wrong_channel" { zh: "{voice}投诉应{channel}", en: "{voice} complaint is answered {channel}" }
    IdentityWithheld "identity_withheld" { zh: "投诉人身份只对首接责任人和下列人员公开：{roles}", en: "who complained is shown to the first receiver and to these alone: {roles}" }

    // Survey (arts. 4, 17).
    NoSuchQuestion "no_such_question" { zh: "问卷没有第 {question} 题", en: "the questionnaire has no question {question}" }
    NoSuchChoice "no_such_choice" { zh: "第 {question} 题没有选项 {choice}", en: "question {question} has no choice {choice}" }
    NamedTwice "named_twice" { zh: "{name} 出现两次", en: "{name} is there twice" }
    BeyondScale "beyond_scale" { zh: "选项 {choice} 的 {points} 分不在来源 {source} 的分制 0 至 {top} 之内", en: "the {points:point|points} of {choice} are not on the scale of {source}, 0 to {top}" }
    NoRounding "no_rounding" { zh: "{question} 的舍入方式 {to} 不可用", en: "{question} cannot be rounded to {to}" }
    NoTarget "no_target" { zh: "{clause} 没有目标值，不能由问卷测定", en: "{clause} has no target that a survey could measure" }
    SheetTwice "sheet_twice" { zh: "答卷 {sheet} 已经计入", en: "sheet {sheet} was counted already" }
    MoreThanInvited "more_than_invited" { zh: "答卷共 {answers} 份，多于受邀的 {invited} 人", en: "{answers:sheet|sheets} are more than the {invited} who were invited" }
    OtherChannel "other_channel" { zh: "本次调查不以该方式收集答卷", en: "this survey takes no answers in that way" }
    SurveyOver "survey_over" { zh: "收集答卷已于 {until} 截止", en: "answers were taken until {until}" }
    NoSuchEvidence "no_such_evidence" { zh: "本次调查没有证据 {reference}", en: "this survey has no evidence {reference}" }
}
