namespace Experiments.Control.Storage;

/// <summary>Tells a file that another process holds open for itself from one that cannot be opened at all.</summary>
internal static class FileLock
{
    private const int SharingViolationOnWindows = unchecked((int)0x80070020);
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;

    // On Unix the result is errno, of which EWOULDBLOCK differs between systems; locking is the only thing that fails with it.
    public static bool IsHeldByAnother(IOException exception) => exception.HResult ==
        (OperatingSystem.IsWindows() ? SharingViolationOnWindows : OperatingSystem.IsLinux() ? WouldBlockOnLinux : WouldBlockOnMac);
}
