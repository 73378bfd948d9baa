// The table of steps, in the order in which a finding passes through them. Included by step.rs.
steps! {
    Finding "finding" { zh: "发现 {record}（{day}）：{clause} {name}", en: "finding {record} of {day}: {clause} {name}" }
}
