package main

import (
	"strings"
	"unicode"
)

// codeOf gives a status code's name as the other clients write it: DEADLINE_EXCEEDED for DeadlineExceeded.
func codeOf(name string) string {
	var written strings.Builder
	for place, letter := range name {
		if place > 0 && unicode.IsUpper(letter) {
			written.WriteByte('_')
		}
		written.WriteRune(unicode.ToUpper(letter))
	}
	return written.String()
}
