/* A text in the three languages of the suite, as the domain holds it. Finnish is never empty; Swedish and English may be.
 * The bytes are owned by whoever loaded or decoded them and live as long as the batch. */
#ifndef HV_FUNDING_DOMAIN_TEXT_H
#define HV_FUNDING_DOMAIN_TEXT_H

struct text {
    const char *fi, *sv, *en; /* never NULL once loaded; "" when absent */
};

#endif
