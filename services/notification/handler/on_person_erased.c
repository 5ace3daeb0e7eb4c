/* A person is to be forgotten: name, address, texts and what waits for them go; that something was sent stays, without them. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"
#include "services/notification/store/delivery.h"

enum err on_person_erased_needs(struct job *job, struct workset *w)
{
    struct uuid person;

    (void)w; /* the rows go whatever they hold */
    return convert_id(&person, ((const Enrolment__PersonErased *)job->message)->person_id) ? ERR_OK : tell_refuse(job, "person_id");
}

void on_person_erased_decide(struct job *job, struct workset *w)
{
    struct uuid person;

    if (!convert_id(&person, ((const Enrolment__PersonErased *)job->message)->person_id))
        return; /* needs has parked it */
    workset_erase(w, person);
    delivery_forget(w, person);
}
