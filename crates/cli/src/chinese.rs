//! The command line in Chinese. What clap itself says in English alone is said here; `args` is the English twin.

use crate::usage::fact;
use clap::builder::PossibleValue;
use clap::error::{ContextKind, Error, ErrorKind};
use clap::{Arg, ArgAction, Command};

/// What each command does.
const COMMANDS: &[(&str, &str)] = &[
    ("ducha", "督查：输入检查发现，输出处罚和每一条理由。\n\n不带命令运行时显示内置的示范月份。"),
    ("check", "检查规则手册，并运行其中的示例"),
    ("assess", "按记录计分：扣分、等次、后果"),
    ("explain", "说明某个对象每个数字的由来"),
    ("preview", "试算：多一条记录会怎样"),
    ("compare", "比较两次考核结果（JSON）"),
    ("schema", "输出 JSON Schema"),
    ("new", "输出一份带注释的起步规则"),
    ("fmt", "整理规则手册的版式，含义不变"),
    ("deadline", "期限的最后一日；无法知道时说明"),
    ("calendar", "全年日历：上班、休息、调休、未知"),
    ("case", "案件：登记、办理、查看、列表、经过"),
    ("open", "登记案件"),
    ("act", "办理案件"),
    ("show", "查看案件；写明 --as 和 --by 时，还列出此人现在可以做什么"),
    ("list", "列出案件"),
    ("history", "案件的经过"),
    ("due", "各案件的待办事项和期限"),
    ("tick", "登记到期事项：提醒、逾期、逐级督办"),
    ("draw", "抽取"),
    ("verify", "重做已公布的抽取，指出不符之处"),
];

/// What each argument says; the same name means the same in every command, but for those named with their command.
const ARGUMENTS: &[(&str, &str)] = &[
    ("lang", "语言；缺省依系统区域设置，否则英文"),
    ("color", "颜色；缺省只在终端上使用，设了 NO_COLOR 则不用"),
    ("help", "显示帮助"),
    ("version", "显示版本"),
    ("check files", "规则手册（.toml、.json）；编号相同的作为各版本一起检查"),
    ("fmt files", "规则手册（.toml），就地改写"),
    ("fmt check", "不改写；有文件版式不同则以状态 1 结束"),
    ("files", "规则手册（.toml、.json）和一个记录文件（.csv、.jsonl、.ndjson），顺序不限"),
    ("org", "组织：考核谁、谁负责谁（.toml、.json、.csv）"),
    ("period", "时段，如 2026-10、2026-Q4、2026 或 2026-10-01..2026-10-15；不写则为记录涉及的全部时段"),
    ("history_from", "记录自哪一日起完整；缺省为时段首日，无时段则为最早有版本计价的记录所在月的首日"),
    ("as_of", "报告日；缺省为时段末日，无时段则为最晚记录的日期"),
    ("as_known_on", "只计这一日结束时已知的"),
    ("encoding", "记录的编码：auto、utf-8 或 gb18030"),
    ("format", "输出形式"),
    ("assess explain", "附上每个数字的由来（JSON 总是附上）"),
    ("deadline explain", "附上每一步及其依据"),
    ("out", "写入此目录中的文件，不在屏幕输出"),
    ("strict", "有行被退回则以状态 1 结束"),
    ("stats", "只说有多少行、结果如何、各等次多少，以及多快"),
    ("subject", "哪个对象（编号）"),
    ("record", "记录，一个 JSON 对象"),
    ("before", "较早的考核结果"),
    ("after", "较晚的考核结果"),
    ("of", "哪一种"),
    ("start", "事件之日，如 2026-09-24，或时刻，如 2026-09-24T16:30（未写时差则为当地时间）"),
    ("limit", "期限，如 3个工作日 或 \"3 working days\""),
    ("calendar", "本单位日历（.toml、.ics），叠加在全国日历之上；后给的在上"),
    ("as_noticed_on", "只按这一日结束时已公布的放假通知"),
    ("assume_weekends", "未知之日按周末休息、其余上班推算；答复会说明"),
    (
        "roll",
        "末日休息时移到何处：following 其后第一个工作日；modified-following 同前，跨月则改为其前最后一个；day-after-holiday 法定节假日的次日；preceding 其前最后一个工作日；none 不移",
    ),
    ("anchor", "月、年自哪一日取对应日：start-day 事件之日；next-day 次日，即起算之日"),
    ("pause", "自 FROM（日期或时刻）起中止计算，至 TO 恢复；可写多次"),
    ("extend", "延长，自被延长期限的末日起；可写多次"),
    ("cut_off", "此时刻之后或休息日收到的，视为下一个工作日收到"),
    ("close", "末日在何时结束：此时刻，或 business 依日历的办公时间；缺省为 24:00"),
    ("offset", "当地时间的时差"),
    ("now", "在哪一时刻询问：还剩多少，或已逾期多少"),
    ("remind", "提前多久提醒；以工作日、工作小时计的期限按工作时间提前；可写多次"),
    ("half_day", ".ics 文件中半日的办公时间，如 08:00-12:00；.toml 文件自己写明"),
    ("year", "年份"),
    ("db", "台账：一个文件（首次使用时建立），或 postgres://…"),
    ("rules", "规则手册（.toml、.json）：同一部规则的各版本"),
    ("offices", "任职表（.csv：person、role、unit、from、until、on_behalf_of）"),
    ("recorded", "登记时刻；缺省为现在"),
    ("capacity", "以何身份：office、inspector、department_head、leading_group、complainant 等"),
    ("by", "办理人（编号）"),
    ("on_behalf_of", "代谁履职（编号）"),
    ("kind", "案件种类，如 rectification"),
    ("id", "该种案件中的编号"),
    ("case", "案件，如 rectification/R-1"),
    ("act", "做什么，如 notify"),
    ("at", "发生时刻；缺省与登记时刻相同"),
    ("data", "案件或办理的内容，一个 JSON 对象"),
    ("open", "只列未结案件"),
    ("within", "只列自现在起此期限内到期的，如 3个工作日"),
    ("verify file", "抽取记录，或含抽取记录的计划（.json）"),
];

/// How a value is to be written, by argument.
const FORMS: &[(&str, &str)] = &[
    ("--period", "时段写作 2026-10、2026-Q4、2026-H2、2026、某一日，或 2026-10-01..2026-10-15"),
    ("--subject", "编号只用字母、数字和标点，不含空格"),
    ("<YEAR>", "年份写作 2026"),
];

const TEMPLATE: &str = "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// The command line with its help in Chinese.
pub(crate) fn help(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let mut command = command
        .disable_help_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help))
        .help_template(TEMPLATE);
    if command.get_version().is_some() {
        command = command
            .disable_version_flag(true)
            .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version));
    }
    if let Some(about) = find(COMMANDS, &name) {
        command = command.about(about).long_about(about);
    }
    command = command.mut_args(|arg| argument(&name, arg));
    let subcommands: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for sub in subcommands {
        command = command.mut_subcommand(sub, help);
    }
    command
}

fn argument(command: &str, arg: Arg) -> Arg {
    let id = arg.get_id().to_string();
    let text =
        find(ARGUMENTS, &format!("{command} {id}")).or_else(|| find(ARGUMENTS, &id)).unwrap_or_default();
    let values: Vec<String> = match arg.get_action() {
        ArgAction::Set | ArgAction::Append => {
            arg.get_possible_values().iter().map(PossibleValue::get_name).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    };
    let defaults: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    let mut notes = Vec::new();
    if !values.is_empty() {
        notes.push(format!("可用：{}", values.join("、")));
    }
    if !defaults.is_empty() {
        notes.push(format!("缺省：{}", defaults.join("、")));
    }
    let notes = if notes.is_empty() { String::new() } else { format!("〔{}〕", notes.join("；")) };
    let text = format!("{text}{notes}");
    let takes_value = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
    let arg = arg.help(text.clone()).long_help(text);
    // What is hidden is said in the text.
    if takes_value { arg.hide_possible_values(true).hide_default_value(true) } else { arg }
}

/// Help and usage, with the marks and headings that clap writes in English alone.
pub(crate) fn usage(text: &str) -> String {
    let marked = text.replace("[OPTIONS]", "[选项]").replace("[COMMAND]", "[命令]");
    let lines = marked.lines().map(|line| match line {
        "Arguments:" => "参数：",
        "Options:" => "选项：",
        "Commands:" => "命令：",
        other => other,
    });
    lines.map(|line| format!("{line}\n")).collect()
}

/// What is wrong on the command line.
pub(crate) fn mistake(error: &Error) -> String {
    let of = |kind| fact(error, kind).unwrap_or_default();
    let argument = of(ContextKind::InvalidArg);
    let mut text = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("缺少参数：{argument}"),
        ErrorKind::UnknownArgument => format!("不认识参数 {argument}"),
        ErrorKind::InvalidSubcommand => format!("没有命令 {}", of(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if of(ContextKind::InvalidValue).is_empty() => {
            format!("{argument} 后面缺少值")
        }
        ErrorKind::InvalidValue => {
            format!("{argument} 不能是“{}”", of(ContextKind::InvalidValue))
        }
        ErrorKind::ValueValidation => {
            let form = FORMS.iter().find(|(name, _)| argument.starts_with(name));
            let form = form.map_or("日期写作 2026-10-31", |(_, form)| form);
            format!("{argument} 不能是“{}”：{form}", of(ContextKind::InvalidValue))
        }
        ErrorKind::ArgumentConflict if of(ContextKind::PriorArg) == argument => {
            format!("{argument} 只能写一次")
        }
        ErrorKind::ArgumentConflict => {
            format!("{argument} 不能与 {} 同用", of(ContextKind::PriorArg))
        }
        ErrorKind::TooManyValues => format!("{argument} 的值多了：{}", of(ContextKind::InvalidValue)),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{argument} 的值少了或多了"),
        ErrorKind::NoEquals => format!("{argument} 与其值之间要写等号"),
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 文本".to_owned(),
        _ => "参数有误".to_owned(),
    };
    for (kind, say) in [
        (ContextKind::ValidValue, "可用："),
        (ContextKind::SuggestedArg, "是否想写 "),
        (ContextKind::SuggestedSubcommand, "是否想写 "),
        (ContextKind::SuggestedValue, "是否想写 "),
    ] {
        if let Some(fact) = fact(error, kind).filter(|fact| !fact.is_empty()) {
            text.push_str(&format!("；{say}{fact}"));
        }
    }
    let usage = fact(error, ContextKind::Usage).unwrap_or_default();
    let usage = usage.trim().trim_start_matches("Usage:").trim();
    let usage = if usage.is_empty() { String::new() } else { format!("用法：{}", self::usage(usage)) };
    format!("ducha: {text}\n{usage}更多说明：ducha --help\n")
}

fn find(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Cli;
    use clap::CommandFactory;

    /// Every command and every argument, with the command that it belongs to.
    fn all(command: &Command, out: &mut Vec<(String, Option<String>)>) {
        let name = command.get_name().to_owned();
        out.push((name.clone(), None));
        for arg in command.get_arguments() {
            out.push((name.clone(), Some(arg.get_id().to_string())));
        }
        command.get_subcommands().for_each(|sub| all(sub, out));
    }

    #[test]
    fn every_command_and_argument_has_its_chinese_text_and_no_text_is_left_over() {
        let mut found = Vec::new();
        all(&Cli::command(), &mut found);
        let mut used = vec!["help".to_owned(), "version".to_owned()];
        for (command, arg) in found {
            let Some(arg) = arg else {
                assert!(find(COMMANDS, &command).is_some(), "{command}");
                continue;
            };
            let own = format!("{command} {arg}");
            let key = if find(ARGUMENTS, &own).is_some() { own } else { arg };
            assert!(find(ARGUMENTS, &key).is_some(), "{command} {key}");
            used.push(key);
        }
        let left: Vec<_> = ARGUMENTS.iter().filter(|(name, _)| !used.iter().any(|key| key == name)).collect();
        assert!(left.is_empty(), "{left:?}");
    }
}
