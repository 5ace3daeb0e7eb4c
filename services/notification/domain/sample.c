/* See sample.h. Numbers, moments, flags and names of towns are the same for everybody. */
#include "services/notification/domain/sample.h"

static const char *const WORDS[FACT_COUNT_OF][LANGUAGE_COUNT] = {
    [FACT_TRAINING] = {NULL, "Kraft i ledarskapet", "Strength in leadership"},
    [FACT_IMPLEMENTATION] = {NULL, "Öst 1", "East 1"},
    [FACT_ORGANISER] = {NULL, "Exempeluniversitetet", "Example University"},
    [FACT_WEBINARS] = {NULL, "- Att leda tillsammans: torsdag 17.9.2026 kl. 9.00–11.30\n- Mångfald: torsdag 28.1.2027 kl. 9.00–11.30",
                       "- Leading together: Thursday 17 September 2026, 9:00–11:30\n- Diversity: Thursday 28 January 2027, 9:00–11:30"},
    [FACT_UNIT] = {NULL, "Att leda tillsammans", "Leading together"},
    [FACT_REASON] = {NULL, "Arbetsskift", "A work shift"},
    [FACT_SUBJECT] = {NULL, "Material", "Materials"},
    [FACT_BODY] = {NULL, "Materialet har publicerats.\nVälkommen!", "The materials have been published.\nWelcome!"},
    [FACT_ENTRIES] = {NULL, "- Anmälningstiden har börjat: Kraft i ledarskapet\n- Anmälningstiden har börjat: Mångfald i arbetsgemenskapen",
                      "- Enrolment has opened: Strength in leadership\n- Enrolment has opened: Diversity at work"},
    [FACT_PROJECT] = {NULL, "Kunskapsbron", "A bridge of skills"},
    [FACT_CALL] = {NULL, "Utveckling av ledarskapet 2026", "Developing leadership 2026"},
    [FACT_AUTHORITY] = {NULL, "Exempelverket", "The Example Agency"},
    [FACT_WORDS] = {NULL, "Bifoga en specifikation av kostnadsberäkningen.", "Please attach a breakdown of the cost estimate."},
    [FACT_PERIOD_REASON] = {NULL, "Utlysningens användningstid går ut.", "The period of use of the call ends."},
    [FACT_CONTENT_REASON] = {NULL, "Ändringen stöder målet.", "The change supports the goal."},
    [FACT_BUDGET_REASON] = {NULL, "Kostnaden är inte godtagbar.", "The cost is not eligible."},
    [FACT_CONTACT] = {NULL, "Exempelverket, avustukset@example.fi", "The Example Agency, avustukset@example.fi"},
    [FACT_CASE] = {NULL, "Finansieringsandel för projektet Kunskapsbron", "A share of the funding of A bridge of skills"},
    [FACT_MUNICIPALITY] = {NULL, "Exempelby stad", "The Town of Example"},
    [FACT_BOARD] = {NULL, "Stadsstyrelsen", "City board"},
    [FACT_PLACE] = {NULL, "Stadshuset, Centralgatan 1", "City hall, Keskuskatu 1"},
    [FACT_GROUP] = {NULL, "Projektets styrgrupp", "The steering group of the project"},
    [FACT_FUNDER] = {NULL, "Exempelby stad", "The Town of Example"},
    [FACT_CONSORTIUM_REASON] = {NULL, "Andelarna förblir desamma.", "The shares stay the same."},
};

const char *sample_of(enum fact_name name, enum language language)
{
    return WORDS[name][language] != NULL ? WORDS[name][language] : fact_sample(name);
}
