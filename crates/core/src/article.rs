//! The 26 articles of the regulation, each with what it asks for in this project's own words.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The number of an article of the regulation, 1 to 26.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Article(u8);

/// The last article.
pub const LAST_ARTICLE: u8 = 26;

impl Article {
    /// The first article, which states the purpose.
    pub const FIRST: Self = Self(1);

    /// The article of that number; nothing outside 1 to 26.
    ///
    /// ```
    /// use ducha_core::Article;
    /// assert_eq!(Article::new(15).unwrap().number(), 15);
    /// assert!(Article::new(27).is_none());
    /// ```
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number <= LAST_ARTICLE { Some(Self(number)) } else { None }
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// All articles in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=LAST_ARTICLE).map(Self)
    }

    /// What the article is about: Chinese, English.
    #[must_use]
    pub const fn subject_matter(self) -> (&'static str, &'static str) {
        match self.0 {
            1 => ("宗旨", "purpose"),
            2 => ("检查的四个方面与对象", "the four aspects inspected, and who is inspected"),
            3 => ("逐级负责，自查为主", "level-by-level responsibility; self-inspection first"),
            4 => ("检查机制与方式", "mechanism and methods of inspection"),
            5 => ("备案与自查报告", "filings and reports of self-inspection"),
            6 => ("量化考核，按扣分定处罚", "quantified assessment; deductions decide the penalty"),
            7 => ("领导小组", "the leading group"),
            8 => ("综合办公室行使监督职能", "the general office exercises supervision"),
            9 => ("检查人员的条件", "qualities of inspectors"),
            10 => (
                "检查人员受监督，查实即下岗",
                "inspectors are supervised; verified misconduct removes from post",
            ),
            11 => ("制定并执行检查细则", "the office writes and carries out the detailed rules"),
            12 => ("受理投诉，及时处理并反馈", "complaints: prompt opinion and feedback"),
            13 => ("检查质量指标完成情况", "fulfilment of quality indicators"),
            14 => (
                "指导自查，定期公布，督促整改",
                "guide self-inspection, publish regularly, urge rectification",
            ),
            15 => ("限期整改，逾期追究负责人", "rectification with a time limit; overdue falls on the head"),
            16 => ("进入现场、查阅资料的权力", "power to enter and to consult documents"),
            17 => ("询问、走访、座谈、征询意见", "power to question, visit, hold forums and send letters"),
            18 => ("建议整改与四种处理", "power to propose rectification and four sanctions"),
            19 => ("阅文、参会、报表", "power to read, attend and require statistical reports"),
            20 => ("不得阻挠检查", "nobody may obstruct an inspection"),
            21 => ("检查前拟定提纲", "an outline before every inspection"),
            22 => ("五分之四时间在基层", "four fifths of the year's time at the base"),
            23 => ("重点部门多查、随机查", "more or random inspections where needed"),
            24 => ("目的：更好的服务", "aim: better service"),
            25 => ("条款、标准与奖惩见附件", "clauses, standards, rewards and penalties stand in the annex"),
            _ => ("通过后生效，办公室解释", "in force once adopted; interpreted by the office"),
        }
    }

    /// Whether the article states a purpose and asks for no rule.
    #[must_use]
    pub const fn is_declaratory(self) -> bool {
        matches!(self.0, 1 | 24)
    }
}

impl Serialize for Article {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.0)
    }
}

impl<'de> Deserialize<'de> for Article {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u8::deserialize(deserializer)?;
        Self::new(number).ok_or_else(|| de::Error::custom("the regulation has articles 1 to 26"))
    }
}
