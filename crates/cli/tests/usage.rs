//! The command line itself: help and mistakes in the language of the reader.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    reason = "a test stops where it fails"
)]

mod harness;

use harness::{MONTH, ducha, ducha_with, file, folder, starter};

#[test]
fn mistakes_on_the_command_line_are_told_in_chinese() {
    for (arguments, line) in [
        (vec!["assess"], "缺少参数：<FILE>..."),
        (vec!["deadline", "2026-10-01"], "缺少参数：<LIMIT>"),
        (vec!["assess", "--colour"], "不认识参数 --colour；是否想写 --color"),
        (vec!["asess", "x"], "没有命令 asess；是否想写 case、assess"),
        (
            vec!["assess", "a", "--format", "docx"],
            "--format <FORMAT> 不能是“docx”；可用：table、json、csv、markdown",
        ),
        (vec!["assess", "a", "--as-of", "1.2.3"], "--as-of <DATE> 不能是“1.2.3”：日期写作 2026-10-31"),
        (
            vec!["assess", "a", "--period", "2026-13"],
            "--period <PERIOD> 不能是“2026-13”：时段写作 2026-10、2026-Q4、2026-H2、2026、某一日，或 2026-10-01..2026-10-15",
        ),
        (vec!["explain", "a", "--subject"], "--subject <SUBJECT> 后面缺少值"),
        (
            vec!["explain", "a", "--subject", "第一"],
            "--subject <SUBJECT> 不能是“第一”：编号只用字母、数字和标点，不含空格",
        ),
        (vec!["calendar", "abc"], "<YEAR> 不能是“abc”：年份写作 2026"),
        (vec!["assess", "a", "--org", "x", "--org", "y"], "--org <FILE> 只能写一次"),
    ] {
        let run = ducha_with(&arguments, &[("LC_ALL", "zh_CN.UTF-8")]);
        assert_eq!((run.status, run.output.as_str()), (2, ""), "{arguments:?}");
        assert_eq!(run.beside.lines().next().unwrap(), format!("ducha: {line}"), "{arguments:?}");
        assert_eq!(run.beside.lines().last().unwrap(), "更多说明：ducha --help", "{arguments:?}");
        let english = ducha(&arguments);
        assert_eq!(english.status, 2);
        assert!(english.beside.starts_with("error: "), "{}", english.beside);
        let asked = ducha(&[&["--lang", "zh"], &arguments[..]].concat());
        assert_eq!(asked.beside.lines().next(), run.beside.lines().next(), "{arguments:?}");
    }
}

#[test]
fn help_is_told_in_chinese() {
    let commands = [
        "check", "assess", "explain", "preview", "compare", "schema", "new", "fmt", "deadline", "calendar",
        "case", "due", "tick", "draw",
    ];
    for command in commands {
        let run = ducha(&[command, "--help", "--lang", "zh"]);
        assert_eq!((run.status, run.beside.as_str()), (0, ""));
        for english in ["Print", "Usage", "OPTIONS", "Options", "Arguments", "default", "ossible", " the "] {
            assert!(!run.output.contains(english), "`{english}` in\n{}", run.output);
        }
        // Each option says something.
        let lines: Vec<_> = run.output.lines().collect();
        for pair in lines.windows(2).filter(|pair| pair[0].trim_start().starts_with("--")) {
            let told = pair[1].trim();
            assert!(pair[0].contains("  --") && !told.is_empty() && !told.starts_with('〔'), "{pair:?}");
        }
    }
    assert_eq!(
        ducha(&["fmt", "-h", "--lang=zh"]).output,
        "整理规则手册的版式，含义不变\n\n\
         用法：ducha fmt [选项] <RULEBOOK>...\n\n\
         参数：\n  <RULEBOOK>...  规则手册（.toml），就地改写\n\n\
         选项：\n      --check          不改写；有文件版式不同则以状态 1 结束\n  \
         -h, --help           显示帮助\n      \
         --lang <LANG>    语言；缺省依系统区域设置，否则英文〔可用：zh、en〕\n      \
         --color <COLOR>  颜色；缺省只在终端上使用，设了 NO_COLOR 则不用〔可用：auto、always、never；缺省：auto〕\n"
    );
    let help = ducha(&["--help", "--lang", "zh"]).output;
    assert!(help.contains("\n命令：\n  check     检查规则手册，并运行其中的示例\n"), "{help}");
    let help = ducha(&["--help"]).output;
    assert!(
        help.contains("\nCommands:\n  check     Check rulebooks and run their worked examples\n"),
        "{help}"
    );
}

#[test]
fn what_is_wrong_with_a_file_is_told_in_one_language() {
    let folder = folder("odd-files");
    let rules = file(&folder, "rules.toml", starter());
    let records = file(&folder, "month.csv", MONTH);
    let empty = file(&folder, "empty.csv", "");
    let directory = folder.join("d.csv");
    std::fs::create_dir(&directory).unwrap();
    let directory = directory.display().to_string();
    let folder = folder.display().to_string();
    for (status, arguments, zh, en) in [
        (
            2,
            vec!["assess", &rules, &directory],
            format!("ducha: 无法读取 {directory}：这是目录，不是文件"),
            format!("ducha: cannot read {directory}: it is a directory, not a file"),
        ),
        (
            2,
            vec!["assess", &rules, &folder],
            format!("ducha: 无法读取 {folder}：这是目录，不是文件"),
            format!("ducha: cannot read {folder}: it is a directory, not a file"),
        ),
        (
            2,
            vec!["assess", &rules, "gone.csv"],
            "ducha: 无法读取 gone.csv：没有这个文件或目录".to_owned(),
            "ducha: cannot read gone.csv: there is no such file or directory".to_owned(),
        ),
        (
            2,
            vec!["assess", &rules, &records, "--out", &records],
            format!("ducha: 无法写入 {records}/assessment.txt：已有同名文件，不是目录"),
            format!(
                "ducha: cannot write {records}/assessment.txt: there is a file of that name, not a directory"
            ),
        ),
        (
            1,
            vec!["assess", &rules, &empty],
            format!("{empty}:1: 文件没有标题行；第一行应写列名"),
            format!("{empty}:1: the file has no heading row; its first row names the columns"),
        ),
        (
            2,
            vec!["compare", &records, &records],
            format!(
                "ducha: {records} 不是考核结果（用 assess --format json 生成）：第 1 行第 1 列处不是 JSON"
            ),
            format!(
                "ducha: {records} is no assessment (made by assess --format json): expected value at line 1 column 1"
            ),
        ),
        (
            2,
            vec!["preview", &rules, &records, "--record", ""],
            "ducha: --record 是空的；请写一个 JSON 对象，如 {\"id\": …}".to_owned(),
            "ducha: --record is empty; write one JSON object, as in {\"id\": …}".to_owned(),
        ),
    ] {
        for (lang, line) in [("zh", zh), ("en", en)] {
            let run = ducha(&[&arguments[..], &["--lang", lang]].concat());
            assert_eq!((run.status, run.output.as_str(), run.beside), (status, "", line + "\n"));
        }
    }
}

#[test]
fn a_file_without_records_is_told_as_such() {
    let folder = folder("no-records");
    let rules = file(&folder, "rules.toml", starter());
    let heading = file(&folder, "heading.csv", MONTH.lines().next().unwrap());
    let lines = |arguments: &[&str]| {
        let run = ducha(arguments);
        assert_eq!((run.status, run.beside.as_str()), (0, ""));
        run.output.lines().skip(2).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        lines(&["assess", &rules, &heading]),
        [
            "  Rules: my-campus, edition 2026 (from 2026-01-01, a draft)",
            "  The file has no records, and no --period is given: there is nothing to assess",
        ]
    );
    assert_eq!(
        lines(&["assess", &rules, &heading, "--period", "2026-10", "--lang", "zh"])[2],
        "  记录 0 行。记录自 2026-10-01 起完整"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_a_failure() {
    for arguments in ["--help", "--help --lang zh", "--lang en"] {
        let mut shell = std::process::Command::new("sh");
        let command = format!("{} {arguments} > /dev/full", env!("CARGO_BIN_EXE_ducha"));
        let run = harness::run(shell.args(["-c", &command]));
        assert_eq!(run.status, 2, "{arguments}: {}", run.beside);
    }
}
