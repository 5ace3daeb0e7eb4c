/* The commands of hv, one file each. argv[0] is the command's own name. What they return is the exit status. */
#ifndef HV_HV_COMMANDS_H
#define HV_HV_COMMANDS_H

enum hv_status {
    HV_YES = 0,      /* done; the answer is yes */
    HV_NO = 1,       /* the answer is no: refused, unhealthy, a chain that does not hold */
    HV_USAGE = 2,    /* the command line says something that cannot be */
    HV_UNREACHED = 3 /* nobody answered: the server, or for migrate the database */
};

int account_main(int argc, char **argv);
int bounce_main(int argc, char **argv); /* exit status of sysexits.h, for mail servers */
int dead_main(int argc, char **argv);
int letters_main(int argc, char **argv);
int events_main(int argc, char **argv);
int health_main(int argc, char **argv);
int import_main(int argc, char **argv);
int migrate_main(int argc, char **argv);
int replay_main(int argc, char **argv);
int reseal_main(int argc, char **argv);
int verify_main(int argc, char **argv);
#ifdef HV_WITH_UP
int up_main(int argc, char **argv);
#endif

#endif
