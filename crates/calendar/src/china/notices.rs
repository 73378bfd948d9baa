//! The facts of the State Council's yearly notices: which days are off, which weekends are worked, for which holiday.
//!
//! Source of the facts: the notices of the General Office of the State Council cited below, as collected day by day in
//! the data of NateScarlet/holiday-cn (MIT licence, <https://github.com/NateScarlet/holiday-cn>), distilled here to one
//! row per unbroken holiday. A day that no row names follows its weekday. Judged on the way:
//! * "五一" and "十一" (2007, 2008) stand under the holidays' full names.
//! * 30 and 31 December 2006, worked under the notice for 2007, lie before the calendar's first day.
//! * 3 February 2020 is named as a working day by the extension notice; it is a Monday and needs no row.
//! * Where a year has a second notice, only the rows that it changed cite it: the commemoration of September 2015,
//!   Labour Day 2019, and the extension of the Spring Festival of 2020 (which also gave back 1 February). What the
//!   first notice had said of the days that the second changed is kept apart, for calendars as noticed before it.
//!
//! The days of publication are those of the pages' addresses, but for these:
//! * 2007: the page was filed anew on 2008-03-28. The notice (国办发明电〔2006〕49号) is dated 2006-12-14 and Xinhua
//!   reported it on 2006-12-18: it became public on one of the days between.
//! * 2008: filed anew on the same day. It cites the State Council's decree 513 of 2007-12-14, and China News reported it
//!   on 2007-12-18.
//! * 2014: filed on 2014-01-02. The notice (国办发明电〔2013〕28号) is dated 2013-12-11 and was in the news on that day.
//! * 2024: dated 2023-10-25 (国办发明电〔2023〕7号), and released by Xinhua on that day; the address tells the month alone.
//! * 2025 and 2026: released on 2024-11-12 and 2025-11-04; the addresses tell the month alone.

use alloc::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use crate::{Notice, Occasion, Publication};

/// What is arranged for one year.
pub(super) struct Year {
    pub(super) year: i32,
    pub(super) notice: &'static Notice,
    pub(super) breaks: &'static [Break],
    /// What the first notice said of days that an amendment then changed.
    pub(super) replaced: &'static [Break],
}

/// One unbroken run of days off, with the weekends worked for it. Days are numbers, as 20261001.
pub(super) struct Break {
    pub(super) notice: &'static Notice,
    pub(super) occasion: &'static Occasion,
    pub(super) first: i32,
    pub(super) last: i32,
    pub(super) worked: &'static [i32],
}

/// A date as the number that the table uses; none for years too far to be written so.
pub(super) fn number(date: NaiveDate) -> Option<i32> {
    let month = i32::try_from(date.month()).ok()?;
    let day = i32::try_from(date.day()).ok()?;
    date.year().checked_mul(10_000)?.checked_add(month.checked_mul(100)?)?.checked_add(day)
}

const fn notice(year: i32, published: Option<Publication>, url: &'static str) -> Notice {
    Notice { year, published, url: Cow::Borrowed(url) }
}

/// Public on that day, which the page's address or the notice itself tells.
const fn on(year: i32, month: u32, day: u32) -> Option<Publication> {
    between((year, month, day), (year, month, day))
}

/// Public on a day between the two.
const fn between(not_before: (i32, u32, u32), by: (i32, u32, u32)) -> Option<Publication> {
    match (date(not_before), date(by)) {
        (Some(not_before), Some(by)) => Some(Publication { not_before, by }),
        _ => None,
    }
}

const fn date(of: (i32, u32, u32)) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(of.0, of.1, of.2)
}

const fn occasion(zh: &'static str, en: &'static str) -> Occasion {
    Occasion { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
}

const fn year(notice: &'static Notice, breaks: &'static [Break]) -> Year {
    Year { year: notice.year, notice, breaks, replaced: &[] }
}

/// The same year, with what its first notice said of days that an amendment then changed.
const fn before_amendment(year: &Year, replaced: &'static [Break]) -> Year {
    Year { year: year.year, notice: year.notice, breaks: year.breaks, replaced }
}

const fn rest(
    notice: &'static Notice,
    occasion: &'static Occasion,
    first: i32,
    last: i32,
    worked: &'static [i32],
) -> Break {
    Break { notice, occasion, first, last, worked }
}

static NEW_YEAR: Occasion = occasion("元旦", "New Year's Day");
static SPRING_FESTIVAL: Occasion = occasion("春节", "Spring Festival");
static QINGMING: Occasion = occasion("清明节", "Qingming Festival");
static LABOUR_DAY: Occasion = occasion("劳动节", "Labour Day");
static DRAGON_BOAT: Occasion = occasion("端午节", "Dragon Boat Festival");
static MID_AUTUMN: Occasion = occasion("中秋节", "Mid-Autumn Festival");
static NATIONAL_DAY: Occasion = occasion("国庆节", "National Day");
static NATIONAL_AND_MID_AUTUMN: Occasion = occasion("国庆节、中秋节", "National Day and Mid-Autumn Festival");
static MID_AUTUMN_AND_NATIONAL: Occasion = occasion("中秋节、国庆节", "Mid-Autumn Festival and National Day");
static VICTORY_70: Occasion = occasion(
    "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日",
    "70th anniversary of victory in the War of Resistance and the World Anti-Fascist War",
);

static N2007: Notice = notice(
    2007,
    between((2006, 12, 14), (2006, 12, 18)),
    "http://www.gov.cn/zhengce/zhengceku/2008-03/28/content_1761.htm",
);
static N2008: Notice = notice(
    2008,
    between((2007, 12, 14), (2007, 12, 18)),
    "http://www.gov.cn/zhengce/zhengceku/2008-03/28/content_1645.htm",
);
static N2009: Notice =
    notice(2009, on(2008, 12, 10), "http://www.gov.cn/zhengce/zhengceku/2008-12/10/content_1572.htm");
static N2010: Notice =
    notice(2010, on(2009, 12, 8), "http://www.gov.cn/zhengce/zhengceku/2009-12/08/content_1476.htm");
static N2011: Notice =
    notice(2011, on(2010, 12, 10), "http://www.gov.cn/zhengce/zhengceku/2010-12/10/content_1423.htm");
static N2012: Notice =
    notice(2012, on(2011, 12, 6), "http://www.gov.cn/zhengce/zhengceku/2011-12/06/content_1411.htm");
static N2013: Notice =
    notice(2013, on(2012, 12, 10), "http://www.gov.cn/zhengce/zhengceku/2012-12/10/content_1353.htm");
static N2014: Notice =
    notice(2014, on(2013, 12, 11), "http://www.gov.cn/zhengce/zhengceku/2014-01/02/content_1194.htm");
static N2015: Notice =
    notice(2015, on(2014, 12, 16), "http://www.gov.cn/zhengce/zhengceku/2014-12/16/content_9302.htm");
static N2015_AMENDED: Notice =
    notice(2015, on(2015, 5, 13), "http://www.gov.cn/zhengce/zhengceku/2015-05/13/content_9742.htm");
static N2016: Notice =
    notice(2016, on(2015, 12, 10), "http://www.gov.cn/zhengce/zhengceku/2015-12/10/content_10394.htm");
static N2017: Notice =
    notice(2017, on(2016, 12, 1), "http://www.gov.cn/zhengce/zhengceku/2016-12/01/content_5141603.htm");
static N2018: Notice =
    notice(2018, on(2017, 11, 30), "http://www.gov.cn/zhengce/zhengceku/2017-11/30/content_5243579.htm");
static N2019: Notice =
    notice(2019, on(2018, 12, 6), "http://www.gov.cn/zhengce/zhengceku/2018-12/06/content_5346276.htm");
static N2019_AMENDED: Notice =
    notice(2019, on(2019, 3, 22), "http://www.gov.cn/zhengce/zhengceku/2019-03/22/content_5375877.htm");
static N2020: Notice =
    notice(2020, on(2019, 11, 21), "http://www.gov.cn/zhengce/zhengceku/2019-11/21/content_5454164.htm");
static N2020_AMENDED: Notice =
    notice(2020, on(2020, 1, 27), "http://www.gov.cn/zhengce/zhengceku/2020-01/27/content_5472352.htm");
static N2021: Notice =
    notice(2021, on(2020, 11, 25), "http://www.gov.cn/zhengce/zhengceku/2020-11/25/content_5564127.htm");
static N2022: Notice =
    notice(2022, on(2021, 10, 25), "http://www.gov.cn/zhengce/zhengceku/2021-10/25/content_5644835.htm");
static N2023: Notice =
    notice(2023, on(2022, 12, 8), "http://www.gov.cn/zhengce/zhengceku/2022-12/08/content_5730844.htm");
static N2024: Notice =
    notice(2024, on(2023, 10, 25), "https://www.gov.cn/zhengce/zhengceku/202310/content_6911528.htm");
static N2025: Notice =
    notice(2025, on(2024, 11, 12), "https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm");
static N2026: Notice =
    notice(2026, on(2025, 11, 4), "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm");

/// Every arranged year, in order.
pub(super) static YEARS: &[Year] = &[
    year(
        &N2007,
        &[
            rest(&N2007, &NEW_YEAR, 20070101, 20070103, &[]),
            rest(&N2007, &SPRING_FESTIVAL, 20070218, 20070224, &[20070217, 20070225]),
            rest(&N2007, &LABOUR_DAY, 20070501, 20070507, &[20070428, 20070429]),
            rest(&N2007, &NATIONAL_DAY, 20071001, 20071007, &[20070929, 20070930]),
        ],
    ),
    year(
        &N2008,
        &[
            rest(&N2008, &NEW_YEAR, 20071230, 20080101, &[20071229]),
            rest(&N2008, &SPRING_FESTIVAL, 20080206, 20080212, &[20080202, 20080203]),
            rest(&N2008, &QINGMING, 20080404, 20080406, &[]),
            rest(&N2008, &LABOUR_DAY, 20080501, 20080503, &[20080504]),
            rest(&N2008, &DRAGON_BOAT, 20080607, 20080609, &[]),
            rest(&N2008, &MID_AUTUMN, 20080913, 20080915, &[]),
            rest(&N2008, &NATIONAL_DAY, 20080929, 20081005, &[20080927, 20080928]),
        ],
    ),
    year(
        &N2009,
        &[
            rest(&N2009, &NEW_YEAR, 20090101, 20090103, &[20090104]),
            rest(&N2009, &SPRING_FESTIVAL, 20090125, 20090131, &[20090124, 20090201]),
            rest(&N2009, &QINGMING, 20090404, 20090406, &[]),
            rest(&N2009, &LABOUR_DAY, 20090501, 20090503, &[]),
            rest(&N2009, &DRAGON_BOAT, 20090528, 20090530, &[20090531]),
            rest(&N2009, &NATIONAL_AND_MID_AUTUMN, 20091001, 20091008, &[20090927, 20091010]),
        ],
    ),
    year(
        &N2010,
        &[
            rest(&N2010, &NEW_YEAR, 20100101, 20100103, &[]),
            rest(&N2010, &SPRING_FESTIVAL, 20100213, 20100219, &[20100220, 20100221]),
            rest(&N2010, &QINGMING, 20100403, 20100405, &[]),
            rest(&N2010, &LABOUR_DAY, 20100501, 20100503, &[]),
            rest(&N2010, &DRAGON_BOAT, 20100614, 20100616, &[20100612, 20100613]),
            rest(&N2010, &MID_AUTUMN, 20100922, 20100924, &[20100919, 20100925]),
            rest(&N2010, &NATIONAL_DAY, 20101001, 20101007, &[20100926, 20101009]),
        ],
    ),
    year(
        &N2011,
        &[
            rest(&N2011, &NEW_YEAR, 20110101, 20110103, &[]),
            rest(&N2011, &SPRING_FESTIVAL, 20110202, 20110208, &[20110130, 20110212]),
            rest(&N2011, &QINGMING, 20110403, 20110405, &[20110402]),
            rest(&N2011, &LABOUR_DAY, 20110430, 20110502, &[]),
            rest(&N2011, &DRAGON_BOAT, 20110604, 20110606, &[]),
            rest(&N2011, &MID_AUTUMN, 20110910, 20110912, &[]),
            rest(&N2011, &NATIONAL_DAY, 20111001, 20111007, &[20111008, 20111009]),
        ],
    ),
    year(
        &N2012,
        &[
            rest(&N2012, &NEW_YEAR, 20120101, 20120103, &[20111231]),
            rest(&N2012, &SPRING_FESTIVAL, 20120122, 20120128, &[20120121, 20120129]),
            rest(&N2012, &QINGMING, 20120402, 20120404, &[20120331, 20120401]),
            rest(&N2012, &LABOUR_DAY, 20120429, 20120501, &[20120428]),
            rest(&N2012, &DRAGON_BOAT, 20120622, 20120624, &[]),
            rest(&N2012, &MID_AUTUMN_AND_NATIONAL, 20120930, 20121007, &[20120929]),
        ],
    ),
    year(
        &N2013,
        &[
            rest(&N2013, &NEW_YEAR, 20130101, 20130103, &[20130105, 20130106]),
            rest(&N2013, &SPRING_FESTIVAL, 20130209, 20130215, &[20130216, 20130217]),
            rest(&N2013, &QINGMING, 20130404, 20130406, &[20130407]),
            rest(&N2013, &LABOUR_DAY, 20130429, 20130501, &[20130427, 20130428]),
            rest(&N2013, &DRAGON_BOAT, 20130610, 20130612, &[20130608, 20130609]),
            rest(&N2013, &MID_AUTUMN, 20130919, 20130921, &[20130922]),
            rest(&N2013, &NATIONAL_DAY, 20131001, 20131007, &[20130929, 20131012]),
        ],
    ),
    year(
        &N2014,
        &[
            rest(&N2014, &NEW_YEAR, 20140101, 20140101, &[]),
            rest(&N2014, &SPRING_FESTIVAL, 20140131, 20140206, &[20140126, 20140208]),
            rest(&N2014, &QINGMING, 20140405, 20140405, &[]),
            rest(&N2014, &QINGMING, 20140407, 20140407, &[]),
            rest(&N2014, &LABOUR_DAY, 20140501, 20140503, &[20140504]),
            rest(&N2014, &DRAGON_BOAT, 20140602, 20140602, &[]),
            rest(&N2014, &MID_AUTUMN, 20140908, 20140908, &[]),
            rest(&N2014, &NATIONAL_DAY, 20141001, 20141007, &[20140928, 20141011]),
        ],
    ),
    year(
        &N2015,
        &[
            rest(&N2015, &NEW_YEAR, 20150101, 20150103, &[20150104]),
            rest(&N2015, &SPRING_FESTIVAL, 20150218, 20150224, &[20150215, 20150228]),
            rest(&N2015, &QINGMING, 20150405, 20150406, &[]),
            rest(&N2015, &LABOUR_DAY, 20150501, 20150501, &[]),
            rest(&N2015, &DRAGON_BOAT, 20150620, 20150620, &[]),
            rest(&N2015, &DRAGON_BOAT, 20150622, 20150622, &[]),
            rest(&N2015_AMENDED, &VICTORY_70, 20150903, 20150905, &[20150906]),
            rest(&N2015, &MID_AUTUMN, 20150927, 20150927, &[]),
            rest(&N2015, &NATIONAL_DAY, 20151001, 20151007, &[20151010]),
        ],
    ),
    year(
        &N2016,
        &[
            rest(&N2016, &NEW_YEAR, 20160101, 20160101, &[]),
            rest(&N2016, &SPRING_FESTIVAL, 20160207, 20160213, &[20160206, 20160214]),
            rest(&N2016, &QINGMING, 20160404, 20160404, &[]),
            rest(&N2016, &LABOUR_DAY, 20160501, 20160502, &[]),
            rest(&N2016, &DRAGON_BOAT, 20160609, 20160611, &[20160612]),
            rest(&N2016, &MID_AUTUMN, 20160915, 20160917, &[20160918]),
            rest(&N2016, &NATIONAL_DAY, 20161001, 20161007, &[20161008, 20161009]),
        ],
    ),
    year(
        &N2017,
        &[
            rest(&N2017, &NEW_YEAR, 20170101, 20170102, &[]),
            rest(&N2017, &SPRING_FESTIVAL, 20170127, 20170202, &[20170122, 20170204]),
            rest(&N2017, &QINGMING, 20170402, 20170404, &[20170401]),
            rest(&N2017, &LABOUR_DAY, 20170501, 20170501, &[]),
            rest(&N2017, &DRAGON_BOAT, 20170528, 20170530, &[20170527]),
            rest(&N2017, &MID_AUTUMN_AND_NATIONAL, 20171001, 20171008, &[20170930]),
        ],
    ),
    year(
        &N2018,
        &[
            rest(&N2018, &NEW_YEAR, 20180101, 20180101, &[]),
            rest(&N2018, &SPRING_FESTIVAL, 20180215, 20180221, &[20180211, 20180224]),
            rest(&N2018, &QINGMING, 20180405, 20180407, &[20180408]),
            rest(&N2018, &LABOUR_DAY, 20180429, 20180501, &[20180428]),
            rest(&N2018, &DRAGON_BOAT, 20180618, 20180618, &[]),
            rest(&N2018, &MID_AUTUMN, 20180924, 20180924, &[]),
            rest(&N2018, &NATIONAL_DAY, 20181001, 20181007, &[20180929, 20180930]),
        ],
    ),
    before_amendment(
        &year(
            &N2019,
            &[
                rest(&N2019, &NEW_YEAR, 20181230, 20190101, &[20181229]),
                rest(&N2019, &SPRING_FESTIVAL, 20190204, 20190210, &[20190202, 20190203]),
                rest(&N2019, &QINGMING, 20190405, 20190405, &[]),
                rest(&N2019_AMENDED, &LABOUR_DAY, 20190501, 20190504, &[20190428, 20190505]),
                rest(&N2019, &DRAGON_BOAT, 20190607, 20190607, &[]),
                rest(&N2019, &MID_AUTUMN, 20190913, 20190913, &[]),
                rest(&N2019, &NATIONAL_DAY, 20191001, 20191007, &[20190929, 20191012]),
            ],
        ),
        &[rest(&N2019, &LABOUR_DAY, 20190501, 20190501, &[])],
    ),
    before_amendment(
        &year(
            &N2020,
            &[
                rest(&N2020, &NEW_YEAR, 20200101, 20200101, &[]),
                rest(&N2020, &SPRING_FESTIVAL, 20200124, 20200130, &[20200119]),
                rest(&N2020_AMENDED, &SPRING_FESTIVAL, 20200131, 20200202, &[]),
                rest(&N2020, &QINGMING, 20200404, 20200406, &[]),
                rest(&N2020, &LABOUR_DAY, 20200501, 20200505, &[20200426, 20200509]),
                rest(&N2020, &DRAGON_BOAT, 20200625, 20200627, &[20200628]),
                rest(&N2020, &NATIONAL_AND_MID_AUTUMN, 20201001, 20201008, &[20200927, 20201010]),
            ],
        ),
        &[rest(&N2020, &SPRING_FESTIVAL, 20200124, 20200130, &[20200119, 20200201])],
    ),
    year(
        &N2021,
        &[
            rest(&N2021, &NEW_YEAR, 20210101, 20210103, &[]),
            rest(&N2021, &SPRING_FESTIVAL, 20210211, 20210217, &[20210207, 20210220]),
            rest(&N2021, &QINGMING, 20210403, 20210405, &[]),
            rest(&N2021, &LABOUR_DAY, 20210501, 20210505, &[20210425, 20210508]),
            rest(&N2021, &DRAGON_BOAT, 20210612, 20210614, &[]),
            rest(&N2021, &MID_AUTUMN, 20210919, 20210921, &[20210918]),
            rest(&N2021, &NATIONAL_DAY, 20211001, 20211007, &[20210926, 20211009]),
        ],
    ),
    year(
        &N2022,
        &[
            rest(&N2022, &NEW_YEAR, 20220101, 20220103, &[]),
            rest(&N2022, &SPRING_FESTIVAL, 20220131, 20220206, &[20220129, 20220130]),
            rest(&N2022, &QINGMING, 20220403, 20220405, &[20220402]),
            rest(&N2022, &LABOUR_DAY, 20220430, 20220504, &[20220424, 20220507]),
            rest(&N2022, &DRAGON_BOAT, 20220603, 20220605, &[]),
            rest(&N2022, &MID_AUTUMN, 20220910, 20220912, &[]),
            rest(&N2022, &NATIONAL_DAY, 20221001, 20221007, &[20221008, 20221009]),
        ],
    ),
    year(
        &N2023,
        &[
            rest(&N2023, &NEW_YEAR, 20221231, 20230102, &[]),
            rest(&N2023, &SPRING_FESTIVAL, 20230121, 20230127, &[20230128, 20230129]),
            rest(&N2023, &QINGMING, 20230405, 20230405, &[]),
            rest(&N2023, &LABOUR_DAY, 20230429, 20230503, &[20230423, 20230506]),
            rest(&N2023, &DRAGON_BOAT, 20230622, 20230624, &[20230625]),
            rest(&N2023, &MID_AUTUMN_AND_NATIONAL, 20230929, 20231006, &[20231007, 20231008]),
        ],
    ),
    year(
        &N2024,
        &[
            rest(&N2024, &NEW_YEAR, 20240101, 20240101, &[]),
            rest(&N2024, &SPRING_FESTIVAL, 20240210, 20240217, &[20240204, 20240218]),
            rest(&N2024, &QINGMING, 20240404, 20240406, &[20240407]),
            rest(&N2024, &LABOUR_DAY, 20240501, 20240505, &[20240428, 20240511]),
            rest(&N2024, &DRAGON_BOAT, 20240610, 20240610, &[]),
            rest(&N2024, &MID_AUTUMN, 20240915, 20240917, &[20240914]),
            rest(&N2024, &NATIONAL_DAY, 20241001, 20241007, &[20240929, 20241012]),
        ],
    ),
    year(
        &N2025,
        &[
            rest(&N2025, &NEW_YEAR, 20250101, 20250101, &[]),
            rest(&N2025, &SPRING_FESTIVAL, 20250128, 20250204, &[20250126, 20250208]),
            rest(&N2025, &QINGMING, 20250404, 20250406, &[]),
            rest(&N2025, &LABOUR_DAY, 20250501, 20250505, &[20250427]),
            rest(&N2025, &DRAGON_BOAT, 20250531, 20250602, &[]),
            rest(&N2025, &NATIONAL_AND_MID_AUTUMN, 20251001, 20251008, &[20250928, 20251011]),
        ],
    ),
    year(
        &N2026,
        &[
            rest(&N2026, &NEW_YEAR, 20260101, 20260103, &[20260104]),
            rest(&N2026, &SPRING_FESTIVAL, 20260215, 20260223, &[20260214, 20260228]),
            rest(&N2026, &QINGMING, 20260404, 20260406, &[]),
            rest(&N2026, &LABOUR_DAY, 20260501, 20260505, &[20260509]),
            rest(&N2026, &DRAGON_BOAT, 20260619, 20260621, &[]),
            rest(&N2026, &MID_AUTUMN, 20260925, 20260927, &[]),
            rest(&N2026, &NATIONAL_DAY, 20261001, 20261007, &[20260920, 20261010]),
        ],
    ),
];
