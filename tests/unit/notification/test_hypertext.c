/* Text to HTML: paragraphs, lists, links; what is not one; and what does not fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/hypertext.h"
#include "services/notification/domain/pen.h"

static void expect(const char *text, const char *html)
{
    char out[2000];
    struct pen pen = pen_init(out, sizeof out, true);

    hypertext_of(&pen, text);
    assert_false(pen.full);
    assert_string_equal(out, html);
}

static void test_hypertext_blocks(void **state)
{
    (void)state;
    expect("", "");
    expect("a\n", "<p>a</p>\n");
    expect("a\nb\n\nc", "<p>a<br>\nb</p>\n<p>c</p>\n");
    expect("\n\na\n\n\n\nb\n\n", "<p>a</p>\n<p>b</p>\n");
    expect("Lista:\n- a\n- b\nc\n", "<p>Lista:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>c</p>\n");
    expect("- a\n\n- b", "<ul>\n<li>a</li>\n</ul>\n<ul>\n<li>b</li>\n</ul>\n");
    expect("- \n-a\n", "<p>- <br>\n-a</p>\n"); /* neither is an item */
}

static void test_hypertext_escapes(void **state)
{
    (void)state;
    expect("<b> & \"c\" 'd'", "<p>&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;</p>\n");
    expect("- <li>", "<ul>\n<li>&lt;li&gt;</li>\n</ul>\n");
}

static void test_hypertext_links(void **state)
{
    (void)state;
    expect("katso https://a.example.fi/x?y=1&z=2.", "<p>katso <a href=\"https://a.example.fi/x?y=1&amp;z=2\">"
                                                    "https://a.example.fi/x?y=1&amp;z=2</a>.</p>\n");
    expect("(http://a.example.fi/)", "<p>(<a href=\"http://a.example.fi/\">http://a.example.fi/</a>)</p>\n");
    expect("https://a.example.fi/\"onclick=1", "<p><a href=\"https://a.example.fi/\">https://a.example.fi/</a>&quot;onclick=1</p>\n");
    expect("http:// https://. javascript:alert(1) ftp://x", "<p>http:// https://. javascript:alert(1) ftp://x</p>\n");
    expect("- https://a.fi", "<ul>\n<li><a href=\"https://a.fi\">https://a.fi</a></li>\n</ul>\n");
}

static void test_hypertext_page(void **state)
{
    char out[3000];
    struct pen pen = pen_init(out, sizeof out, true);

    (void)state;
    hypertext_begin(&pen, LANGUAGE_EN, "A & B");
    hypertext_end(&pen, LANGUAGE_EN, "https://a.example.fi/?a&b");
    assert_false(pen.full);
    assert_non_null(strstr(out, "<html lang=\"en\">"));
    assert_non_null(strstr(out, "<title>A &amp; B</title>"));
    assert_non_null(strstr(out, "<a href=\"https://a.example.fi/?a&amp;b\">Choose which messages you get</a>"));
    pen = pen_init(out, sizeof out, true);
    hypertext_end(&pen, LANGUAGE_EN, "");
    assert_string_equal(out, "</main>\n</body>\n</html>\n");
}

static void test_hypertext_full(void **state)
{
    char out[12];
    struct pen pen = pen_init(out, sizeof out, true);

    (void)state;
    hypertext_of(&pen, "abc\ndefghij");
    assert_true(pen.full);
    assert_true(strlen(out) < sizeof out);
}

static void take(const char *html)
{
    struct pattern_error error;

    if (!hypertext_check(span_text(html), &error))
        fail_msg("%s: at %zu: %s", html, error.at, wrong_words(&error, LANGUAGE_EN, (char[WRONG_WORDS]){0}));
}

static void refuse(const char *html, size_t at, const char *what)
{
    struct pattern_error error = {.at = 999999};

    if (hypertext_check(span_text(html), &error))
        fail_msg("%s: was taken", html);
    if (error.at != at || strstr(wrong_words(&error, LANGUAGE_EN, (char[WRONG_WORDS]){0}), what) == NULL)
        fail_msg("%s: at %zu: %s", html, error.at, wrong_words(&error, LANGUAGE_EN, (char[WRONG_WORDS]){0}));
}

static void test_hypertext_check_takes(void **state)
{
    (void)state;
    take("");
    take("Hei &lt; {name} > &amp;");
    take("<p lang=\"fi\">Hei <b>{name}</b><br>\nx</p><hr><ul><li>a</li></ul>");
    take("<a href=\"{link}\" title=\"{reason, select, none {} other {{reason}}}\">x</a><a href=\"https://a.example.fi/?{name}\">x</a>");
    take("<table><tr><th scope=\"row\" colspan=\"2\">a</th><td>b</td></tr></table>");
    take("{reason, select, none {} other {<p>{reason}</p>}}");
}

static void test_hypertext_check_refuses(void **state)
{
    (void)state;
    refuse("<p>a <script>x</script></p>", 5, "<script> may not stand");
    refuse("<img src=\"https://a.example.fi/x.gif\">", 0, "<img>");
    refuse("<P>x</P>", 0, "<>");
    refuse("<!-- x -->", 0, "<>");
    refuse("a < b", 2, "the character itself is &lt;");
    refuse("<p style=\"x\">a</p>", 3, "the attribute \"style\" may not stand");
    refuse("<p onclick=\"x\">a</p>", 3, "\"onclick\"");
    refuse("<p title=x>a</p>", 3, "title=\"...\"");
    refuse("<p title=\"x>a</p>", 3, "not closed by a quotation mark");
    refuse("<a href=\"javascript:x\">a</a>", 3, "a link goes to");
    refuse("<a href=\"{reason}\">a</a>", 3, "a link goes to");
    refuse("<a href=\"https://\">a</a>", 3, "a link goes to");
    refuse("<p", 0, "not closed by >");
    refuse("<p>a", 4, "<p> is not closed");
    refuse("a</p>", 1, "</p> closes nothing");
    refuse("<b><i>x</b></i>", 7, "</b> closes nothing");
    refuse("</br>", 0, "</br> closes nothing");
    refuse("<p {name}>x</p>", 3, "the attribute \"\"");
}

static void test_hypertext_check_depth(void **state)
{
    char html[400] = "";

    (void)state;
    for (int i = 0; i < 33; i++)
        strcat(html, "<div>");
    refuse(html, 5 * 32, "too deep");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hypertext_blocks),        /* empty lines part paragraphs, "- " makes a list */
        cmocka_unit_test(test_hypertext_escapes),       /* nothing people write is markup */
        cmocka_unit_test(test_hypertext_links),         /* http and https only, without the sentence's full stop */
        cmocka_unit_test(test_hypertext_page),          /* language, title, the link to one's choices */
        cmocka_unit_test(test_hypertext_full),          /* what does not fit is said */
        cmocka_unit_test(test_hypertext_check_takes),   /* plain elements, links, facts */
        cmocka_unit_test(test_hypertext_check_refuses), /* what loads, runs, or is not closed; each with its place */
        cmocka_unit_test(test_hypertext_check_depth),   /* nesting is bounded */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
