/* Whose address and language a letter has. A letter is said to one person (recipient_id), whose inbox, settings and place in the queue are
 * meant; but what is about an application goes to the contact that application names (reader_id, a recipient of its own: handler/
 * on_contact_stored.c), whatever else the same account has applied for. */
#ifndef HV_NOTIFICATION_STORE_READER_H
#define HV_NOTIFICATION_STORE_READER_H

/* The id of the row of recipient, of a row of message. */
#define READER(message) "coalesce(" message ".reader_id, " message ".recipient_id)"

#endif
