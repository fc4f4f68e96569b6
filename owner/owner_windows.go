// Package owner hands what root makes for the service's user to that user: Windows
// does so by the rights of the folder, which are made and read here.
package owner

import (
	"io/fs"
	"os"
	"path/filepath"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Like does nothing.
func Like(path, of string) error { return nil }

// Mkdir makes a folder that nobody else can enter. In one like that it takes the rights
// over, so that the service may enter what an administrator has made.
func Mkdir(path string) error {
	if list, err := Others(filepath.Dir(path)); err == nil && len(list) == 0 {
		return os.Mkdir(path, 0o700)
	}
	me, err := me()
	if err != nil {
		return err
	}
	list, err := windows.SecurityDescriptorFromString(Closed(me))
	if err != nil {
		return err
	}
	name, err := windows.UTF16PtrFromString(path)
	if err == nil {
		err = windows.CreateDirectory(name, &windows.SecurityAttributes{Length: uint32(unsafe.Sizeof(windows.SecurityAttributes{})), SecurityDescriptor: list})
	}
	if err != nil {
		return &fs.PathError{Op: "mkdir", Path: path, Err: err}
	}
	return nil
}

// MkdirAll is Mkdir with the folders above that are missing.
func MkdirAll(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	if above := filepath.Dir(path); above != path {
		if err := MkdirAll(above); err != nil {
			return err
		}
	}
	if err := Mkdir(path); !os.IsExist(err) {
		return err
	}
	return nil
}

// me is the number of the account that this runs as.
func me() (string, error) {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return "", err
	}
	return user.User.Sid.String(), nil
}

const ownerAndList = windows.OWNER_SECURITY_INFORMATION | windows.DACL_SECURITY_INFORMATION

// Others are those who may reach a file or a folder, or give themselves the right to,
// besides the system, administrators, the service and whoever runs this.
func Others(path string) (list []Other, err error) {
	me, err := me()
	if err != nil {
		return nil, err
	}
	rights, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, ownerAndList)
	if err != nil {
		return nil, err
	}
	for _, who := range others(rights.String()) {
		sid, err := windows.StringToSid(who) // which knows the letters, too
		if err != nil {
			list = append(list, Other{who, who})
		} else if number := sid.String(); number != me {
			list = append(list, Other{number, nameOf(sid)})
		}
	}
	return list, nil
}

func nameOf(sid *windows.SID) string {
	account, domain, _, err := sid.LookupAccount("")
	if err != nil {
		return sid.String()
	}
	return filepath.Join(domain, account)
}

// Shut gives a folder and all in it to administrators, and leaves it to the system, them
// and the service.
func Shut(folder string) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path == folder && !entry.IsDir(): // somebody was here first, and leads it elsewhere
			return &fs.PathError{Op: "shut", Path: path, Err: windows.ERROR_CANT_ACCESS_FILE}
		case !entry.IsDir() && !entry.Type().IsRegular(): // a link leads elsewhere
			return nil
		}
		list, means := "D:", windows.SECURITY_INFORMATION(windows.UNPROTECTED_DACL_SECURITY_INFORMATION) // that of the folder
		if path == folder {
			list, means = Closed(ServiceSID(Service)), windows.PROTECTED_DACL_SECURITY_INFORMATION
		}
		rights, err := windows.SecurityDescriptorFromString("O:" + administrators + list)
		if err != nil {
			return err
		}
		owner, _, err := rights.Owner()
		if err != nil {
			return err
		}
		dacl, _, err := rights.DACL()
		if err != nil {
			return err
		}
		return windows.SetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, ownerAndList|means, owner, nil, dacl, nil)
	})
}

// What the service may be given: to read and start, and to change and delete, too.
const (
	mayRead  = windows.ACCESS_MASK(windows.FILE_GENERIC_READ | windows.FILE_GENERIC_EXECUTE)
	mayWrite = mayRead | windows.FILE_GENERIC_WRITE | windows.DELETE
)

// Grant lets the service read a file or a folder, or write it, too, besides those who may
// already.
func Grant(path string, write bool) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	sid, err := windows.StringToSid(ServiceSID(Service))
	if err != nil {
		return err
	}
	rights, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		return err
	}
	old, _, err := rights.DACL()
	if err != nil {
		return err
	}
	entry := windows.EXPLICIT_ACCESS{AccessPermissions: mayRead, AccessMode: windows.GRANT_ACCESS,
		Trustee: windows.TRUSTEE{TrusteeForm: windows.TRUSTEE_IS_SID, TrusteeValue: windows.TrusteeValueFromSID(sid)}}
	if write {
		entry.AccessPermissions = mayWrite
	}
	if info.IsDir() {
		entry.Inheritance = windows.SUB_CONTAINERS_AND_OBJECTS_INHERIT
	}
	list, err := windows.ACLFromEntries([]windows.EXPLICIT_ACCESS{entry}, old)
	if err != nil {
		return err
	}
	return windows.SetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION, nil, nil, list, nil)
}
