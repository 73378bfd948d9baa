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

use harness::{ducha, ducha_with};

#[test]
fn mistakes_on_the_command_line_are_told_in_chinese() {
    for (arguments, line) in [
        (vec!["assess"], "缺少参数：<FILE>..."),
        (vec!["deadline", "2026-10-01"], "缺少参数：<LIMIT>"),
        (vec!["assess", "--colour"], "不认识参数 --colour；是否想写 --color"),
        (vec!["asess", "x"], "没有命令 asess；是否想写 assess"),
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
    let commands =
        ["check", "assess", "explain", "preview", "compare", "schema", "new", "fmt", "deadline", "calendar"];
    for command in commands {
        let run = ducha(&[command, "--help", "--lang", "zh"]);
        assert_eq!((run.status, run.beside.as_str()), (0, ""));
        for english in ["Print", "Usage", "OPTIONS", "Options", "Arguments", "default", "ossible", " the "] {
            assert!(!run.output.contains(english), "`{english}` in\n{}", run.output);
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
