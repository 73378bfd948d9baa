// The table of steps, in the order in which a record passes them. Included by step.rs.
steps! {
    // Why a row does not take effect.
    RowUnreadable "row.unreadable" { zh: "{text}", en: "{text}" }
    RowDuplicate "row.duplicate" { zh: "与另一行 {record} 完全相同，只算一次", en: "repeats another row {record} to the letter; counted once" }
    RowConflict "row.conflict" { zh: "编号 {record} 有内容不同的多行；全部不计，请更正编号或用替代", en: "several rows with different content have the id {record}; none is scored: correct the ids, or use supersedes" }
    RowNotYetKnown "row.not_yet_known" { zh: "登记于 {day}，晚于认知日 {known_on}", en: "recorded on {day}, after the day of knowledge {known_on}" }
    RowRevoked "row.revoked" { zh: "{record} 已被 {by} 撤销", en: "{record} was revoked by {by}" }
    RowSuperseded "row.superseded" { zh: "{record} 已被 {by} 替代", en: "{record} was superseded by {by}" }
    RowTargetUnknown "row.target_unknown" { zh: "{by} 要撤销或替代的 {record} 不存在", en: "{by} revokes or supersedes {record}, which is not there" }
    RowRevokesNothing "row.revokes_nothing" { zh: "撤销记录 {record} 没有写明撤销哪一条", en: "the revocation {record} names no record to revoke" }
    RowSubjectUnknown "row.subject_unknown" { zh: "组织中没有对象 {subject}", en: "the organisation has no subject {subject}" }
    RowSubjectAbsent "row.subject_absent" { zh: "对象 {subject} 在 {day} 不在册", en: "subject {subject} is not on the roster on {day}" }
    RowRecordedBefore "row.recorded_before" { zh: "登记日 {recorded} 早于发生日 {day}", en: "recorded on {recorded}, before it happened on {day}" }
    RowOutsideVersions "row.outside_versions" { zh: "{day} 没有生效的规则版本（现有：{versions}）", en: "no version of the rulebook is in force on {day} (in hand: {versions})" }
    RowAfterReport "row.after_report" { zh: "发生于 {day}，晚于报告日 {as_of}", en: "happened on {day}, after the report day {as_of}" }
    RowSourceUnknown "row.source_unknown" { zh: "{version} 版没有来源 {id}", en: "version {version} has no source {id}" }
    RowClauseMissing "row.clause_missing" { zh: "没有写明条款", en: "no clause is named" }
    RowClauseUnknown "row.clause_unknown" { zh: "{version} 版没有条款 {id}", en: "version {version} has no clause {id}" }
    RowAwardUnknown "row.award_unknown" { zh: "{version} 版没有奖励 {id}", en: "version {version} has no award {id}" }
    RowFactUnknown "row.fact_unknown" { zh: "{version} 版没有事实种类 {id}", en: "version {version} has no kind of fact {id}" }
    RowRatingBeyond "row.rating_beyond" { zh: "评分 {score} 超出 0 至 {top}", en: "the rating {score} lies outside 0 to {top}" }
    RowClauseNotInForce "row.clause_not_in_force" { zh: "条款 {clause} 在 {day} 未生效", en: "clause {clause} is not in force on {day}" }
    RowClauseNotApplicable "row.clause_not_applicable" { zh: "条款 {clause} 不适用于对象 {subject}", en: "clause {clause} does not apply to subject {subject}" }
    RowQuantityNotPositive "row.quantity_not_positive" { zh: "条款 {clause} 的数量 {quantity} 必须大于 0", en: "the quantity {quantity} under clause {clause} must be more than 0" }
    RowQuantityNotWhole "row.quantity_not_whole" { zh: "条款 {clause} 的数量 {quantity} 必须是整数", en: "the quantity {quantity} under clause {clause} must be a whole number" }
    RowPointsMissing "row.points_missing" { zh: "条款 {clause} 须由检查人在 {min} 至 {max} 分（步长 {step}）内定分，但未填", en: "clause {clause} asks the inspector to choose {min} to {max:point|points} (in steps of {step}), but none are given" }
    RowPointsBeyond "row.points_beyond" { zh: "条款 {clause} 的扣分 {points} 超出 {min} 至 {max}（步长 {step}）", en: "{points:point lies|points lie} outside the range {min} to {max} (in steps of {step}) of clause {clause}" }
    RowPointsOffStep "row.points_off_step" { zh: "条款 {clause} 的扣分 {points} 不合步长 {step}（{min} 至 {max}）", en: "{points:point is|points are} off the step {step} of clause {clause} ({min} to {max})" }
    RowPointsFixed "row.points_fixed" { zh: "条款 {clause} 固定为 {fixed} 分，不能填 {points}", en: "clause {clause} fixes {fixed:point|points}; {points} cannot be chosen" }
    RowReasonMissing "row.reason_missing" { zh: "条款 {clause} 在 {min} 至 {max} 分（步长 {step}）内酌情扣分，须写明事由", en: "clause {clause} leaves {min} to {max:point|points} (in steps of {step}) to discretion; the reason must be recorded" }
    RowLevelUnknown "row.level_unknown" { zh: "条款 {clause} 没有程度“{level}”（可用：{levels}）", en: "clause {clause} has no severity `{level}` (it has: {levels})" }
    RowLevelMissing "row.level_missing" { zh: "条款 {clause} 按程度扣分，未填程度（可用：{levels}）", en: "the severity is missing: clause {clause} is priced by it (it has: {levels})" }
    RowCountInHole "row.count_in_hole" { zh: "条款 {clause} 的数量合计 {total} 不属于任何一档", en: "the count {total} lies in no band of clause {clause}" }
    RowNeedsMeasurement "row.needs_measurement" { zh: "条款 {clause} 是指标，需要测量记录而不是发现", en: "clause {clause} is an indicator; it needs a measurement, not a finding" }
    RowNotAnIndicator "row.not_an_indicator" { zh: "条款 {clause} 不是指标，不接受测量记录", en: "clause {clause} is no indicator; it takes no measurement" }
    RowMeasurementUnclear "row.measurement_unclear" { zh: "条款 {clause} 的测量须给出数值，或给出分子与大于 0 的分母", en: "the measurement under clause {clause} must give a value, or a numerator and a denominator of more than 0" }
    RowRatioNeedsScale "row.ratio_needs_scale" { zh: "条款 {clause} 的目标 {target} 大于 1，规则须写明 scale（百分数为 100）才能用分子和分母", en: "clause {clause} has the target {target}; its rule must name a scale (100 for percent) before numerator and denominator can be used" }
    RowSourceHasNoPrice "row.source_has_no_price" { zh: "条款 {clause} 没有为来源“{source}”定价", en: "clause {clause} has no price for the source `{source}`" }
    RowSourceMissing "row.source_missing" { zh: "条款 {clause} 按来源定价，未填来源（可用：{sources}）", en: "the source is missing: clause {clause} is priced by it (it has: {sources})" }
    RowShapeNotRegistered "row.shape_not_registered" { zh: "条款 {clause} 的形状 {name} 没有在代码中注册", en: "the shape {name} of clause {clause} is not registered in code" }
    RowShapeRefuses "row.shape_refuses" { zh: "条款 {clause} 的注册形状拒绝计分：{reason}", en: "the registered shape of clause {clause} refuses: {reason}" }
    RowMoneyMissing "row.money_missing" { zh: "条款 {clause} 须填金额", en: "clause {clause} asks for an amount of money" }
    RowMoneyBeyond "row.money_beyond" { zh: "条款 {clause} 的金额 {money} 超出 {min} 至 {max} 或不合步长", en: "{money} lies outside {min} to {max} of clause {clause}, or off its step" }
    RowAwardNotApplicable "row.award_not_applicable" { zh: "奖励 {award} 不适用于对象 {subject}", en: "award {award} does not apply to subject {subject}" }
    RowAwardPointsMissing "row.award_points_missing" { zh: "奖励 {award} 须在 {min} 至 {max} 分内给分，但未填", en: "award {award} asks for {min} to {max:point|points}, but none are given" }
    RowAwardPointsBeyond "row.award_points_beyond" { zh: "奖励 {award} 的 {points} 分超出 {min} 至 {max}", en: "{points:point lies|points lie} outside the range {min} to {max} of award {award}" }
    RowAwardLevelUnknown "row.award_level_unknown" { zh: "奖励 {award} 没有级别“{level}”（可用：{levels}）", en: "award {award} has no level `{level}` (it has: {levels})" }
    RowAwardLevelMissing "row.award_level_missing" { zh: "奖励 {award} 按级别给分，未填级别（可用：{levels}）", en: "the level is missing: award {award} is priced by it (it has: {levels})" }
    RowAwardQuantity "row.award_quantity" { zh: "奖励 {award} 的数量 {quantity} 必须大于 0", en: "the quantity {quantity} of award {award} must be more than 0" }

    // What is missing, so that something cannot be known.
    Overflow "need.overflow" { zh: "精确结果的位数超出十进制数的容量", en: "the exact result has more digits than a decimal holds" }
    DivisionByZero "need.division_by_zero" { zh: "除数为零", en: "division by zero" }
    DayOutOfRange "need.day_out_of_range" { zh: "由 {day} 推算的日期超出日历范围", en: "a day reckoned from {day} lies outside what dates can express" }
    OutsideTerms "need.outside_terms" { zh: "{day} 不在任何已声明的学期内", en: "{day} lies in no declared academic term" }
    BeforeAnchor "need.before_anchor" { zh: "{day} 早于周期起算日 {anchor}", en: "{day} lies before {anchor}, from which the cycles count" }
    AnchorMissing "need.anchor_missing" { zh: "对象 {subject} 没有起算日 {anchor}", en: "subject {subject} has no date {anchor}, from which its cycles count" }
    RecordsIncomplete "need.records_incomplete" { zh: "需要自 {from} 起的记录，但记录自 {complete} 起才完整", en: "needs the records from {from}, but they are complete only from {complete}" }
    HistoryIncomplete "need.history_incomplete" { zh: "需要全部历史记录，但记录自 {complete} 起才完整", en: "needs all records there ever were, but they are complete only from {complete}" }
    WorthMissing "need.worth_missing" { zh: "条款 {clause} 没有项目满分", en: "clause {clause} has no worth" }
    RoundingMissing "need.rounding_missing" { zh: "{clause} 没有声明舍入方式", en: "{clause} declares no rounding" }
    RuleMissing "need.rule_missing" { zh: "此版规则没有 {id}", en: "this version has no rule {id}" }
    NoComponents "need.no_components" { zh: "指数“{index}”没有任何组成部分", en: "the index {index} has no component here" }
    NoExposure "need.no_exposure" { zh: "指数“{index}”的除数为零（没有检查）", en: "the index {index} would be divided by nothing: there was no inspection" }
    RatingMissing "need.rating_missing" { zh: "缺少来源 {source} 对 {subject} 的评分（{count} 份）", en: "no rating of {subject} by {source} ({count} found)" }
    NothingAttainable "need.nothing_attainable" { zh: "“{tally}”没有任何适用项目", en: "no item of {tally} applied" }
    InNoTier "need.in_no_tier" { zh: "{value} 不属于“{ladder}”的任何一档", en: "{value} lies in no tier of {ladder}" }
    InSeveralTiers "need.in_several_tiers" { zh: "{value} 同时属于“{ladder}”的几档：{tiers}", en: "{value} lies in several tiers of {ladder}: {tiers}" }
    InNoBand "need.in_no_band" { zh: "{value} 不属于任何金额档", en: "{value} lies in no band of money" }
    FactMissing "need.fact_missing" { zh: "缺少截至 {day} 关于 {subject} 的事实 {fact}", en: "the fact {fact} about {subject} by {day} is not on record" }
    NoValue "need.no_value" { zh: "没有可供计算的分值", en: "there is no value to reckon from" }
    LeaderUnknown "need.leader_unknown" { zh: "组织中查不到 {subject} 在 {day} 的负责人", en: "the organisation does not tell who led {subject} on {day}" }
    MembersUnknown "need.members_unknown" { zh: "组织中查不到 {subject} 在 {day} 的成员", en: "the organisation does not tell the members of {subject} on {day}" }
    TooFewToRank "need.too_few_to_rank" { zh: "只有 {count} 个对象，不排名", en: "only {count:subject|subjects}: no ranking" }
    TooDeep "need.too_deep" { zh: "规则相互引用过深", en: "the rules lean on each other too deeply" }

    // Prices.
    PriceFlat "price.flat" { zh: "每次 {points} 分（{clause}）", en: "{points:point|points} per finding ({clause})" }
    PricePerUnit "price.per_unit" { zh: "{quantity}{unit}，计 {units} 个单位 × {each} 分 = {points} 分（{clause}）", en: "{quantity} ({unit}), {units:unit|units} × {each:point|points} = {points:point|points} ({clause})" }
    PriceAllOrNothing "price.all_or_nothing" { zh: "整项不得分：{points} 分（{clause}）", en: "the whole item is lost: {points:point|points} ({clause})" }
    PriceRange "price.range" { zh: "检查人在 {min} 至 {max} 分内酌定 {chosen} 分，计 {points} 分（{clause}；事由：{reason}）", en: "the inspector chose {chosen} within {min} to {max}: {points:point|points} ({clause}; reason: {reason})" }
    PriceSeverity "price.severity" { zh: "程度“{level}”：{points} 分（{clause}）", en: "severity {level}: {points:point|points} ({clause})" }
    PriceCount "price.count" { zh: "数量 {total}：合计 {all} 分，此前 {earlier} 分，计 {points} 分（{clause}）", en: "count {total}: {all:point|points} in all, {earlier} before, so {points:point|points} ({clause})" }
    PriceCountTogether "price.count_together" { zh: "累计数量 {total}：合计 {all} 分，减去此前 {earlier} 分，计 {points} 分（{clause}）", en: "counted together {total}: {all:point|points} in all less {earlier} before, so {points:point|points} ({clause})" }
    PriceRate "price.rate" { zh: "实测 {value}，目标 {target}，每 {step} 扣 {each} 分，计 {points} 分（{clause}）", en: "measured {value} against target {target}, {each:point|points} per {step}: {points:point|points} ({clause})" }
    PriceRateBonus "price.rate_bonus" { zh: "实测 {value} 优于目标 {target}，每 {step} 加 {each} 分，计 {points} 分（{clause}）", en: "measured {value}, better than target {target}, {each:point|points} per {step}: {points:point|points} awarded ({clause})" }
    PriceBySource "price.by_source" { zh: "由 {source} 发现：{points} 分（{clause}）", en: "found by {source}: {points:point|points} ({clause})" }
    PriceRemark "price.remark" { zh: "提示不扣分（{clause}）：{points} 分", en: "a remark costs nothing ({clause}): {points:point|points}" }
    PriceRegistered "price.registered" { zh: "注册形状 {name}：{points} 分（{clause}）", en: "registered shape {name}: {points:point|points} ({clause})" }
    PriceAward "price.award" { zh: "奖励“{name}”{points} 分（{award}）", en: "award {name}: {points:point|points} ({award})" }
    PriceMoney "price.money" { zh: "另计金额 {money}（{clause}）", en: "and {money} in money ({clause})" }

    // Adjustments.
    CountedOnce "adjust.counted_once" { zh: "{clause} 只计一次，{record} 已计：{from} → {points} 分", en: "{clause} counts once and {record} has counted: {from} → {points:point|points}" }
    WarnedFirst "adjust.warned_first" { zh: "{clause} 首次只警告（有效期 {validity}）：{from} → {points} 分", en: "the first time {clause} is warned (valid {validity}): {from} → {points:point|points}" }
    WarnedBefore "adjust.warned_before" { zh: "{clause} 在 {validity} 内（{day}，{record}）已警告：{from} → {points} 分", en: "{clause} was warned within {validity} (on {day}, {record}): {from} → {points:point|points}" }
    SourceFactor "adjust.source_factor" { zh: "来源“{source}”系数：{from} × {factor} = {points}", en: "factor of the source {source}: {from} × {factor} = {points}" }
    SelfFound "adjust.self_found" { zh: "自查发现并于 {day} 整改：{from} × {factor} = {points}", en: "found by the unit itself and mended on {day}: {from} × {factor} = {points}" }
    SelfFoundUnknown "adjust.self_found_unknown" { zh: "自查发现并于 {day} 整改，但是否在期限内尚不可知，按全额计：{from} → {points}", en: "found by the unit itself and mended on {day}, but whether in time cannot be known yet, so in full: {from} → {points}" }
    FirstTime "adjust.first_time" { zh: "第 {times} 次（此前：{records}）：{from} × {factor} = {points}", en: "time {times} (before: {records}): {from} × {factor} = {points}" }
    Recurrence "adjust.recurrence" { zh: "第 {times} 次重复（此前：{records}）：{from} × {factor} = {points}", en: "recurred, time {times} (before: {records}): {from} × {factor} = {points}" }
    Unrectified "adjust.unrectified" { zh: "复查未整改（{record}），总系数 {whole}，{day} 起补计：{from} × {factor} = {points}", en: "not rectified at re-check ({record}), whole factor {whole}, dated {day}: {from} × {factor} more = {points}" }
    Capped "adjust.capped" { zh: "封顶 {from} → {points}（{cap}：上限 {max}，已用 {used}）", en: "capped {from} → {points} by {cap} (at most {max}, {used} used)" }
    ItemLost "adjust.item_lost" { zh: "整项 {clause} 不得分：{from} → {points}（满分 {worth}，已扣 {used}）", en: "the whole item {clause} is lost: {from} → {points} (worth {worth}, {used} deducted before)" }
    Shared "adjust.shared" { zh: "{bearer} 承担 {subject} 的 {from} 分的 {percent}%：{points} 分", en: "{bearer} bears {percent} % of the {from:point|points} of {subject}: {points:point|points}" }
    ShareDivided "adjust.share_divided" { zh: "{from} 分由 {count} 人分担，余数按编号先后逐步分配：{points} 分", en: "{from:point|points} divided among {count}, what is left over step by step in the order of ids: {points:point|points}" }
    ShareMoved "adjust.share_moved" { zh: "由他人承担：{from} → {points}", en: "borne by others: {from} → {points}" }
    ShareUnplaced "adjust.share_unplaced" { zh: "{share} 的分担无法落实（{why}）：{from} → {points}", en: "the share {share} cannot be placed ({why}): {from} → {points}" }
    HigherAlone "adjust.higher_alone" { zh: "两线责任只计较高者 {higher}：{from} → {points}", en: "of two lines of liability the higher ({higher}) alone holds: {from} → {points}" }
    LeaderOnDay "adjust.leader_on_day" { zh: "{subject} 的 {record} 于 {day} 逾期，当日负责人 {leader} 承担 {points} 分", en: "{record} of {subject} became overdue on {day}; {leader}, who led that day, bears {points:point|points}" }

    // Entries.
    EntryDeduction "entry.deduction" { zh: "{day} {record}：{what}，扣 {points} 分", en: "{record} of {day}: {what}, {points:point|points} deducted" }
    EntryUnrectified "entry.unrectified" { zh: "{day} {record} 未整改补扣：{what}，扣 {points} 分", en: "{record}, not rectified, of {day}: {what}, {points:point|points} more" }
    EntryAward "entry.award" { zh: "{day} {record}：{what}，加 {points} 分", en: "{record} of {day}: {what}, {points:point|points} awarded" }
    EntryShare "entry.share" { zh: "{day} {record} 分担：{what}，扣 {points} 分", en: "share of {record} of {day}: {what}, {points:point|points} deducted" }
    EntryAccountability "entry.accountability" { zh: "{day} {record} 逾期问责：{what}，扣 {points} 分", en: "leader's liability for {record} of {day}: {what}, {points:point|points} deducted" }

    // Tallies.
    CountedEntry "tally.entry" { zh: "{day} {record} {clause}{award}：{points}", en: "{record} of {day}, {clause}{award}: {points}" }
    CountedWeighted "tally.weighted" { zh: "{day} {record} {clause}{award}：{from} × 权重 {weight} = {points}", en: "{record} of {day}, {clause}{award}: {from} × weight {weight} = {points}" }
    CountedAward "tally.award_entry" { zh: "{day} {record} {clause}{award} 加分：{points}", en: "award of {record} of {day}, {clause}{award}: {points}" }
    CountedInspection "tally.inspection" { zh: "{day} 检查 {record}：暴露 {exposure} × 权重 {weight} = {points}", en: "inspection {record} of {day}: exposure {exposure} × weight {weight} = {points}" }
    CountedConsequence "tally.consequence" { zh: "{day} {consequence}：计 {points}", en: "{consequence} on {day}: counts {points}" }
    Deductions "tally.deductions" { zh: "扣分 {count} 笔，合计 {points}", en: "{count:deduction adds|deductions add} up to {points}" }
    PeriodCapped "tally.period_capped" { zh: "期间封顶 {from} → {points}（上限 {max}）", en: "capped for the period {from} → {points} (at most {max})" }
    HighestAward "tally.highest_award" { zh: "同组 {count} 项奖励只计最高：{points}", en: "of {count:award|awards} of one group the highest counts: {points}" }
    AwardCapped "tally.award_capped" { zh: "奖励封顶 {from} → {points}", en: "award capped {from} → {points}" }
    Awards "tally.awards" { zh: "加分 {count} 笔，合计 {points}", en: "{count:award adds|awards add} up to {points}" }
    FullMarksLess "tally.full_marks" { zh: "{tally}（{window}）：{full} − {deducted} + {awarded} = {points}", en: "{tally} ({window}): {full} − {deducted} + {awarded} = {points}" }
    AddedUp "tally.added_up" { zh: "{tally}（{window}）：{deducted} − {awarded} = {points}", en: "{tally} ({window}): {deducted} − {awarded} = {points}" }
    Floor "tally.floor" { zh: "不低于下限：{from} → {points}", en: "not below the floor: {from} → {points}" }
    Ceiling "tally.ceiling" { zh: "不高于上限：{from} → {points}", en: "not above the ceiling: {from} → {points}" }
    VetoLoseAll "tally.veto_lose_all" { zh: "一票否决（{record}，{clause}）：{from} → {points}", en: "veto ({record}, {clause}): {from} → {points}" }
    TallyUndetermined "tally.undetermined" { zh: "{tally}（{window}）无法确定", en: "{tally} ({window}) cannot be determined" }
    Balance "balance.value" { zh: "{tally}（{window}）余额 {points}", en: "{tally} ({window}): balance {points}" }
    BalanceEntry "balance.entry" { zh: "{day} {record}：记 {added}，余额 {points}", en: "{record} of {day}: {added} more, balance {points}" }
    BalanceConsumed "balance.consumed" { zh: "达到 {tier}，用去 {used}，余额 {points}", en: "reaching {tier} uses up {used}, balance {points}" }
    BalanceLeft "balance.left" { zh: "{day} 期满：消除 {gone}，转入下期 {carried}，余额 {points}", en: "{day}, end of a window: {gone} leave, {carried} are carried over, balance {points}" }
    Redeemed "balance.redeemed" { zh: "{day} {record} 减去 {off}，余额 {points}", en: "{record} of {day} takes off {off}, balance {points}" }
    RedeemRefused "balance.redeem_refused" { zh: "{day} {record} 不减分：余额已达 {limit}，余额 {points}", en: "{record} of {day} takes nothing off, since the balance has reached {limit}: balance {points}" }
    BalanceCleared "balance.cleared" { zh: "{day} 条件齐备，{from} 清零：余额 {points}", en: "{day}: all conditions are met, {from} are cleared: balance {points}" }

    // Indexes.
    Component "index.component" { zh: "{subject} {value}（权重 {weight}）：{points}", en: "{subject} {value} (weight {weight}): {points}" }
    RatingGiven "index.rating_given" { zh: "{day} {record} 评 {points} 分", en: "{record} of {day} rates {points}" }
    RatingMean "index.rating_mean" { zh: "{source} 对 {subject} 的 {count} 份评分，均值 {points}", en: "mean of {count:rating|ratings} of {subject} by {source}: {points}" }
    Normalised "index.normalised" { zh: "得 {got} ÷ 应得 {attainable} × {to} = {points}（不适用：{left_out}）", en: "got {got} ÷ attainable {attainable} × {to} = {points} (not applicable: {left_out})" }
    IndexWeighted "index.weighted" { zh: "{index}（{window}）：{count} 项加权合计 {points}", en: "{index} ({window}): {count:component|components}, weighted: {points}" }
    IndexReweighed "index.reweighed" { zh: "{index}（{window}）：缺项后按 {count} 项重新加权 {points}", en: "{index} ({window}): {count:component|components}, weights scaled up for those missing: {points}" }
    IndexMean "index.mean" { zh: "{index}（{window}）：{count} 项平均 {points}", en: "{index} ({window}): mean of {count}: {points}" }
    IndexSum "index.sum" { zh: "{index}（{window}）：{count} 项合计 {points}", en: "{index} ({window}): sum of {count}: {points}" }
    IndexMin "index.min" { zh: "{index}（{window}）：{count} 项取最低 {points}", en: "{index} ({window}): least of {count}: {points}" }
    IndexMax "index.max" { zh: "{index}（{window}）：{count} 项取最高 {points}", en: "{index} ({window}): greatest of {count}: {points}" }
    IndexQuotient "index.quotient" { zh: "{index}（{window}）：两项（{count}）相除 {points}", en: "{index} ({window}): the first of {count} divided by the second: {points}" }
    ClassFactor "index.class_factor" { zh: "类别“{class}”系数：{from} × {factor} = {points}", en: "factor of the class {class}: {from} × {factor} = {points}" }
    Rounded "index.rounded" { zh: "按 {to} 舍入：{from} → {points}", en: "rounded to {to}: {from} → {points}" }
    IndexUndetermined "index.undetermined" { zh: "{index}（{window}）无法确定", en: "{index} ({window}) cannot be determined" }

    // Tiers.
    TierBand "tier.band" { zh: "{ladder}：{value} 在 {bounds} 内，为“{tier}”", en: "{ladder}: {value} lies in {bounds}: {tier}" }
    TierWhen "tier.when" { zh: "{ladder}：条件全部满足，为“{tier}”", en: "{ladder}: all conditions hold: {tier}" }
    TierOtherwise "tier.otherwise" { zh: "{ladder}：其他条件均不满足，为“{tier}”", en: "{ladder}: no other tier's conditions hold: {tier}" }
    TierUndetermined "tier.undetermined" { zh: "{ladder}（{window}）无法确定", en: "{ladder} ({window}) cannot be determined" }
    ConditionHolds "tier.condition_holds" { zh: "{value} 满足 {bounds}", en: "{value} satisfies {bounds}" }
    ConditionFails "tier.condition_fails" { zh: "{value} 不满足 {bounds}", en: "{value} does not satisfy {bounds}" }
    LargestEntry "tier.largest_entry" { zh: "最大单笔 {points}", en: "the largest single entry is {points}" }
    NumberOfEntries "tier.number_of_entries" { zh: "共 {points} 笔", en: "the number of entries is {points}" }
    InWindow "tier.in_window" { zh: "{window}：{met}", en: "{window}: {met}" }
    WindowsHold "tier.windows_hold" { zh: "{ladder} 连续 {out_of} 期中有 {met} 期达到 {tier}（要求 {wanted}）：成立", en: "{ladder}: {tier} in {met} of {out_of:window|windows} in a row ({wanted} asked): holds" }
    WindowsFail "tier.windows_fail" { zh: "{ladder} 连续 {out_of} 期中有 {met} 期达到 {tier}（要求 {wanted}）：不成立", en: "{ladder}: {tier} in {met} of {out_of:window|windows} in a row ({wanted} asked): does not hold" }
    VetoDown "tier.veto_down" { zh: "否决降 {tiers} 档（{records}），为“{tier}”", en: "veto: {tiers:tier|tiers} down ({records}): {tier}" }
    VetoWorst "tier.veto_worst" { zh: "一票否决（{records}），为“{tier}”", en: "veto ({records}): {tier}" }

    // Consequences.
    FindingAlone "consequence.finding_alone" { zh: "{day} {record} 违反 {clause}，直接引起", en: "{record} of {day} under {clause} brings it by itself" }
    Ranked "consequence.ranked" { zh: "{ranking} 第 {rank} 名（{value}）", en: "{ranking}: place {rank} ({value})" }
    Fired "consequence.fired" { zh: "{day} 对 {subject}：{consequence}", en: "{consequence} for {subject} on {day}" }
    FactValue "consequence.fact_value" { zh: "事实 {fact}（{record}）：{money}", en: "fact {fact} ({record}): {money}" }
    MoneyFixed "money.fixed" { zh: "固定金额 {money}", en: "fixed: {money}" }
    MoneyLinear "money.linear" { zh: "{base} + {rate} × {value} = {money}", en: "{base} + {rate} × {value} = {money}" }
    MoneyCapped "money.capped" { zh: "金额封顶 {from} → {money}", en: "capped {from} → {money}" }
    MoneyScaled "money.scaled" { zh: "{full} × {value} ÷ {per} = {money}", en: "{full} × {value} ÷ {per} = {money}" }
    MoneyPercent "money.percent" { zh: "{full} 的 {percent}% = {money}", en: "{percent} % of {full} = {money}" }
    MoneyBand "money.band" { zh: "{value} 在 {bounds} 内：{money}", en: "{value} lies in {bounds}: {money}" }
    MoneyBandPercent "money.band_percent" { zh: "{value} 在 {bounds} 内：{full} 的 {percent}% = {money}", en: "{value} lies in {bounds}: {percent} % of {full} = {money}" }
    MoneyFull "money.full" { zh: "{value} 不低于 {threshold}，全额 {full}（不必加 {add}）：{money}", en: "{value} is at least {threshold}, so all of {full} (nothing of the added {add}): {money}" }
    MoneyDeadZone "money.dead_zone" { zh: "{value} 低于 {threshold}：{full} 的（{value} + {add}）= {percent}% = {money}", en: "{value} is below {threshold}: ({value} + {add}) = {percent} % of {full} = {money}" }
    MoneyTally "money.tally" { zh: "“{tally}”的金额 {money}", en: "the money of {tally}: {money}" }
    MoneyUndetermined "money.undetermined" { zh: "金额无法确定", en: "the money cannot be determined" }
    GuardPercent "money.guard_percent" { zh: "当月合计不超过 {whole} 的 {percent}%，此前已扣 {used}：{from} → {money}", en: "at most {percent} % of {whole} in a month, {used} withheld before: {from} → {money}" }
    GuardFloor "money.guard_floor" { zh: "{whole} 当月扣后不低于 {least}，此前已扣 {used}：{from} → {money}", en: "of {whole} at least {least} must be left in a month, {used} withheld before: {from} → {money}" }
    ExtentOf "consequence.extent" { zh: "第 {times} 次：{base} + {each} ×（次数与另加 {further}），上限 {max}：{points} {unit}", en: "time {times}: {base} + {each} for each further time and {further} more, at most {max}: {points} {unit}" }

    // Time limits.
    DueOn "due.on" { zh: "{limit}（{length}）自 {start} 起，至 {due}", en: "{limit} ({length}) from {start}: until {due}" }
    DueProvisional "due.provisional" { zh: "{limit}（{length}）自 {start} 起，至 {due}（暂定：明年的放假通知可能改变）", en: "{limit} ({length}) from {start}: until {due} (provisional: next year's notice may change it)" }
    DueUnknown "due.unknown" { zh: "{limit}（{length}）自 {start} 起：{why}", en: "{limit} ({length}) from {start}: {why}" }
    CalendarStep "due.step" { zh: "{text}", en: "{text}" }
}
