/* A number of ours as a part of a statement's text: behind "limit" the planner must see it, a parameter would make it guess. */
#ifndef HV_NOTIFICATION_STORE_TEXT_OF_H
#define HV_NOTIFICATION_STORE_TEXT_OF_H

#define TEXT_OF(number)  TEXT_OF_(number)
#define TEXT_OF_(number) #number

#endif
