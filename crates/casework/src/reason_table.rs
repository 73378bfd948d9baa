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
}
