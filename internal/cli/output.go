package cli

import (
	"fmt"
	"os"
)

// put writes an output to the file of that name, or to standard output if the
// name is empty.
func (s Streams) put(name string, data []byte) error {
	if name != "" {
		if err := writeFile(name, data); err != nil {
			return fmt.Errorf("%s could not be written: %s", name, reason(err))
		}
		return nil
	}
	if _, err := s.Out.Write(data); err != nil {
		return fmt.Errorf("the output could not be written: %w", err)
	}
	return nil
}

// writeFile writes by a temporary file, so that there is never half an
// output.
func writeFile(name string, data []byte) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(name, data, 0o644) // a device or pipe, such as /dev/stdout
	}
	tmp := name + ".tmp"
	err := os.WriteFile(tmp, data, 0o644)
	if err == nil {
		err = os.Rename(tmp, name)
	}
	if err != nil {
		os.Remove(tmp)
	}
	return err
}
