/* Runs one test of a compiled module and tells what it found; @ stands for a name made up for the run.
 *
 * program PIPE KEY_PIPE TEST: each line that is told bears a word that only this run knows.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern void (*const @_tests[])(void);
extern const int @_count;

static int telling = -1;
static char word[33];

void @_bytes(int check, const char *found, size_t length)
{
    static const char digits[] = "0123456789abcdef";
    static char line[8300];
    int at = snprintf(line, sizeof line, "%s %d ", word, check);
    if (found == NULL) {
        memcpy(line + at, "null", 4);
        at += 4;
    } else {
        for (size_t i = 0; i < length && i < 4096; i++) {
            line[at++] = digits[(unsigned char)found[i] >> 4];
            line[at++] = digits[(unsigned char)found[i] & 15];
        }
    }
    line[at++] = '\n';
    if (write(telling, line, (size_t)at) != at) _exit(99);
}

void @_text(int check, const char *found) { @_bytes(check, found, found ? strlen(found) : 0); }
/* Whole numbers of every kind fit, and what is none shows it. */
void @_whole(int check, long double found) { dprintf(telling, "%s %d %.9Lf\n", word, check, found); }
void @_real(int check, double found) { dprintf(telling, "%s %d %a\n", word, check, found); }
void @_truth(int check, int found) { dprintf(telling, "%s %d %d\n", word, check, found); }

int main(int count, char **values)
{
    if (count != 4) return 98;
    const int asking = atoi(values[2]), test = atoi(values[3]);
    telling = atoi(values[1]);
    if (read(asking, word, 32) != 32 || test < 0 || test >= @_count) return 97;
    close(asking);
    @_tests[test]();
    fflush(NULL);
    dprintf(telling, "%s end\n", word);
    _exit(0);
}
