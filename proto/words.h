/* What the comments of the .proto files say, at hand for the program: the description of the interface quotes them, so that there is one
 * place where a field is explained, beside the field. Made by words.py at build time. */
#ifndef HV_PROTO_WORDS_H
#define HV_PROTO_WORDS_H

/* Of a message or an enumeration by its full name ("enrolment.Programme"), of a field or a value with a dot and its own name behind
 * ("enrolment.Programme.cap"). Names of fields in it are those of the JSON form. NULL: nobody said anything. */
const char *proto_words(const char *name);

#endif
