/* Feeds: well-formed by xmllint, with the elements RFC 4287 and RSS 2.0 ask for, whatever stands in the texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "common/doc/feed.h"
#include "tests/unit/doc/look.h"

#define NOW (1790000000 * TIME_SECOND) /* 2026-09-21T14:13:20Z, a Monday */

static const struct feed_entry entries[] = {
    {"urn:x:1", "Kuopio & <Joensuu>", "https://hv.example/1?a=1&b=2", "n 1\nhash \x02\xff", NOW},
    {"urn:x:2", "", NULL, NULL, NOW - TIME_DAY},
};
static const struct feed feed = {.id = "urn:x",
                                 .title = "Järjestys",
                                 .self = "https://hv.example/feed",
                                 .author = "Hakuväylä",
                                 .language = "fi",
                                 .updated_us = NOW,
                                 .entries = entries,
                                 .count = 2};

static void atom_has_what_its_rules_ask_for(void **state)
{
    (void)state;
    struct buf out = {0};

    assert_int_equal(feed_atom(&out, &feed), ERR_OK);
    char *words = look("x.xml", &out, "xmllint --noout x.xml && cat x.xml");
    assert_non_null(strstr(words, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fi\">"));
    assert_int_equal(look_count(words, "<id>urn:x"), 3);
    assert_int_equal(look_count(words, "<updated>2026-09-21T14:13:20"), 2);
    assert_int_equal(look_count(words, "<updated>2026-09-20T14:13:20"), 1);
    assert_non_null(strstr(words, "<title>Kuopio &amp; &lt;Joensuu&gt;</title>"));
    assert_non_null(strstr(words, "href=\"https://hv.example/1?a=1&amp;b=2\""));
    assert_non_null(strstr(words, "<content type=\"text\">n 1\nhash \xef\xbf\xbd\xef\xbf\xbd</content>"));
    assert_int_equal(look_count(words, "<name>Hakuväylä</name>"), 1);
    assert_int_equal(look_count(words, "<content"), 1);
    free(words);
    buf_fini(&out);
}

static void rss_has_what_its_rules_ask_for(void **state)
{
    (void)state;
    struct buf out = {0};

    assert_int_equal(feed_rss(&out, &feed), ERR_OK);
    char *words = look("x.xml", &out, "xmllint --noout x.xml && cat x.xml");
    assert_non_null(strstr(words, "<rss version=\"2.0\""));
    assert_non_null(strstr(words, "<link>https://hv.example/feed</link>"));
    assert_non_null(strstr(words, "<guid isPermaLink=\"false\">urn:x:1</guid>"));
    assert_non_null(strstr(words, "<pubDate>Mon, 21 Sep 2026 14:13:20 +0000</pubDate>"));
    assert_int_equal(look_count(words, "<item>"), 2);
    free(words);
    buf_fini(&out);
}

static void an_empty_feed_is_a_feed(void **state)
{
    (void)state;
    struct feed nothing = {.id = "urn:x", .title = "x", .updated_us = NOW};
    struct buf atom = {0}, rss = {0};

    assert_int_equal(feed_atom(&atom, &nothing), ERR_OK);
    assert_int_equal(feed_rss(&rss, &nothing), ERR_OK);
    char *words = look("x.xml", &atom, "xmllint --noout x.xml && cat x.xml");
    assert_non_null(strstr(words, "<author>"));
    assert_null(strstr(words, "<entry>"));
    free(words);
    free(look("x.xml", &rss, "xmllint --noout x.xml"));
    buf_fini(&atom);
    buf_fini(&rss);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(atom_has_what_its_rules_ask_for), /* ids, times, escapes, RFC 4287 */
        cmocka_unit_test(rss_has_what_its_rules_ask_for),  /* guid, pubDate, link */
        cmocka_unit_test(an_empty_feed_is_a_feed),         /* without entries and author */
    };
    return cmocka_run_group_tests_name("doc feed", tests, NULL, NULL);
}
