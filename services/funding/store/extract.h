/* Extracts of minutes as the store holds them: what was published of an item, as HTML and as PDF, each in two versions: with names of
 * people, which the public reads until `names_until`, and bare. They are made once, when minutes are published, and never change. What the
 * heads say of an item (until when, the hash) is loaded with the item itself (meeting.h).
 *
 *   extract_want(w, job, item_id, true);                         in needs: the document, in both versions
 *   const struct extract *e = extract_found(w, job);             in decide; NULL: it is not published
 *   extract_add(w, &extract);                                    publishes the item
 *
 * What feeds tell, the newest items and meetings that the public may see, is asked here too: it is read where the public reads. Whoever
 * publishes holds the meeting, its cases and their projects already (part.h). */
#ifndef HV_FUNDING_STORE_EXTRACT_H
#define HV_FUNDING_STORE_EXTRACT_H
#include "services/funding/domain/meeting.h"
#include "services/funding/store/workset.h"

enum { FEED_NEWEST = 30 };

struct extract {
    struct uuid item_id;
    int64_t names_until;        /* the last day on which the public reads names */
    int64_t review_until;       /* NO_DAY: no review can be asked for */
    const char *review_version; /* of domain/review_instruction.h; "": as above */
    struct span html, bare_html, pdf, bare_pdf;
    struct uuid event_id; /* Decided, which took it to the applicant */
    int64_t published_us;
};
struct extract_found { /* a document: of HTML or PDF those asked for */
    struct extract extract;
    struct uuid owner_id; /* the applicant's contact */
    const char *language, *board_code;
    int32_t year, section;
};

/* What feeds tell. Texts have their double square brackets. */
struct feed_item { /* on a public agenda, or published */
    struct uuid id, meeting_id;
    struct text board;
    const char *language, *title, *register_number;
    int64_t starts_us;
    int32_t section;      /* 0: not published */
    const char *proposal; /* words of the presenting official's */
    enum outcome outcome; /* 0: not published */
    const char *words;    /* of the decision; "": not published */
    int64_t told_us;      /* published, or withdrawn, or first on the public agenda */
    bool withdrawn;       /* not published, and its applicant has taken it back */
};
struct feed_meeting {
    struct uuid id;
    struct text board;
    int64_t starts_us;
    const char *place;
    enum meeting_state state;
    int64_t told_us; /* summoned, published or cancelled: the last of these */
    int32_t items, first_section, last_section;
};

struct extract_ask {
    struct part_item item; /* first */
    enum { EXTRACT_DOCUMENT, EXTRACT_ITEM_FEED, EXTRACT_MEETING_FEED } what;
    struct uuid id;       /* the item; of feeds the municipality */
    struct uuid board_id; /* of feeds; nil: all of its boards */
    bool pdf;

    struct extract_found *found; /* NULL: there is none */
    struct feed_item *items;     /* newest meeting first, in the order of its agenda */
    struct feed_meeting *meetings;
    size_t count;
};
struct extract_ask *extract_want(struct workset *w, const struct job *job, struct uuid item_id, bool pdf);
struct extract_ask *extract_want_items(struct workset *w, const struct job *job, struct uuid municipality_id, struct uuid board_id);
struct extract_ask *extract_want_meetings(struct workset *w, const struct job *job, struct uuid municipality_id, struct uuid board_id);
const struct extract_ask *extract_asked(const struct workset *w, const struct job *job);
const struct extract_found *extract_found(const struct workset *w, const struct job *job);

/* The item is published with these minutes, and its share of the funding plan says what was decided (the schema sees to that). */
void extract_add(struct workset *w, const struct extract *extract);

extern const struct store_part extract_part;

#endif
