/* Feeds with libxml2's writer into memory. Times are RFC 3339 in Atom and RFC 822 in RSS; texts are cleaned first, since the writer
 * escapes markup but lets through what XML cannot hold. */
#include <libxml/xmlwriter.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "common/base/time.h"
#include "common/doc/clean.h"
#include "common/doc/feed.h"

#define FEED_ATOM "http://www.w3.org/2005/Atom"

struct feed_out {
    xmlBufferPtr bytes;
    xmlTextWriterPtr writer;
    struct buf text; /* the text being written, cleaned */
    bool failed;
};

/* libxml2 sets itself up at its first use, which must not be two at once. */
static void feed_once(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, xmlInitParser);
}

static const xmlChar *x(const char *text)
{
    return (const xmlChar *)text;
}

static void feed_note(struct feed_out *o, int result)
{
    o->failed |= result < 0;
}

static const xmlChar *feed_clean(struct feed_out *o, const char *text)
{
    buf_clear(&o->text);
    clean_add(&o->text, text);
    return o->text.data;
}

static void feed_start(struct feed_out *o, const char *name)
{
    feed_note(o, xmlTextWriterStartElement(o->writer, x(name)));
}

static void feed_stop(struct feed_out *o)
{
    feed_note(o, xmlTextWriterEndElement(o->writer));
}

static void feed_attribute(struct feed_out *o, const char *name, const char *value)
{
    feed_note(o, xmlTextWriterWriteAttribute(o->writer, x(name), feed_clean(o, value)));
}

static void feed_element(struct feed_out *o, const char *name, const char *text)
{
    if (text)
        feed_note(o, xmlTextWriterWriteElement(o->writer, x(name), feed_clean(o, text)));
}

static void feed_link(struct feed_out *o, const char *name, const char *rel, const char *href, const char *type)
{
    if (!href)
        return;
    feed_start(o, name);
    feed_attribute(o, "rel", rel);
    if (type)
        feed_attribute(o, "type", type);
    feed_attribute(o, "href", href);
    feed_stop(o);
}

static void feed_atom_time(struct feed_out *o, int64_t us)
{
    char text[TIME_TEXT];

    time_format(us, text);
    feed_element(o, "updated", text);
}

/* "Sat, 21 Nov 2026 08:00:00 +0000": in English, whatever the locale. */
static void feed_rss_time(struct feed_out *o, const char *name, int64_t us)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char text[64];
    time_t seconds = (time_t)(us / TIME_SECOND);
    struct tm at;

    if (!gmtime_r(&seconds, &at)) {
        o->failed = true;
        return;
    }
    snprintf(text, sizeof text, "%s, %02d %s %d %02d:%02d:%02d +0000", days[at.tm_wday], at.tm_mday, months[at.tm_mon], at.tm_year + 1900,
             at.tm_hour, at.tm_min, at.tm_sec);
    feed_element(o, name, text);
}

static void feed_atom_entry(struct feed_out *o, const struct feed_entry *entry)
{
    feed_start(o, "entry");
    feed_element(o, "id", entry->id);
    feed_element(o, "title", entry->title);
    feed_atom_time(o, entry->updated_us);
    feed_link(o, "link", "alternate", entry->link, NULL);
    if (entry->text) {
        feed_start(o, "content");
        feed_attribute(o, "type", "text");
        feed_note(o, xmlTextWriterWriteString(o->writer, feed_clean(o, entry->text)));
        feed_stop(o);
    }
    feed_stop(o);
}

static void feed_atom_body(struct feed_out *o, const struct feed *feed)
{
    feed_start(o, "feed");
    feed_attribute(o, "xmlns", FEED_ATOM);
    if (feed->language)
        feed_attribute(o, "xml:lang", feed->language);
    feed_element(o, "id", feed->id);
    feed_element(o, "title", feed->title);
    feed_atom_time(o, feed->updated_us);
    feed_start(o, "author");
    feed_element(o, "name", feed->author ? feed->author : feed->title);
    feed_stop(o);
    feed_link(o, "link", "alternate", feed->link, NULL);
    feed_link(o, "link", "self", feed->self, "application/atom+xml");
    for (size_t i = 0; i < feed->count; i++)
        feed_atom_entry(o, &feed->entries[i]);
    feed_stop(o);
}

static void feed_rss_item(struct feed_out *o, const struct feed_entry *entry)
{
    feed_start(o, "item");
    feed_element(o, "title", entry->title);
    feed_element(o, "link", entry->link);
    feed_element(o, "description", entry->text);
    feed_start(o, "guid");
    feed_attribute(o, "isPermaLink", "false");
    feed_note(o, xmlTextWriterWriteString(o->writer, feed_clean(o, entry->id)));
    feed_stop(o);
    feed_rss_time(o, "pubDate", entry->updated_us);
    feed_stop(o);
}

/* RSS wants a link and a description of every channel: the feed's own address and its title stand in where there is none. */
static void feed_rss_body(struct feed_out *o, const struct feed *feed)
{
    feed_start(o, "rss");
    feed_attribute(o, "version", "2.0");
    feed_attribute(o, "xmlns:atom", FEED_ATOM);
    feed_start(o, "channel");
    feed_element(o, "title", feed->title);
    feed_element(o, "link", feed->link ? feed->link : feed->self ? feed->self : "");
    feed_element(o, "description", feed->title);
    feed_element(o, "language", feed->language);
    feed_rss_time(o, "lastBuildDate", feed->updated_us);
    feed_link(o, "atom:link", "self", feed->self, "application/rss+xml");
    for (size_t i = 0; i < feed->count; i++)
        feed_rss_item(o, &feed->entries[i]);
    feed_stop(o);
    feed_stop(o);
}

static enum err feed_write(struct buf *out, const struct feed *feed, void (*body)(struct feed_out *o, const struct feed *feed))
{
    struct feed_out o = {.failed = false};

    feed_once();
    o.bytes = xmlBufferCreate();
    o.writer = o.bytes ? xmlNewTextWriterMemory(o.bytes, 0) : NULL;
    o.failed = !o.writer;
    if (!o.failed) {
        feed_note(&o, xmlTextWriterSetIndent(o.writer, 1));
        feed_note(&o, xmlTextWriterStartDocument(o.writer, NULL, "UTF-8", NULL));
        body(&o, feed);
        feed_note(&o, xmlTextWriterEndDocument(o.writer));
        xmlFreeTextWriter(o.writer);
    }
    if (!o.failed)
        buf_add(out, xmlBufferContent(o.bytes), (size_t)xmlBufferLength(o.bytes));
    xmlBufferFree(o.bytes);
    buf_fini(&o.text);
    return o.failed ? ERR_INTERNAL : ERR_OK;
}

enum err feed_atom(struct buf *out, const struct feed *feed)
{
    return feed_write(out, feed, feed_atom_body);
}

enum err feed_rss(struct buf *out, const struct feed *feed)
{
    return feed_write(out, feed, feed_rss_body);
}
