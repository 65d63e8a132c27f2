using System.Diagnostics;
using Xunit.Sdk;

namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>A directory with a small file system of its own (tmpfs), which can be filled to the last byte. Needs the right to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int StepBytes = 64 * 1024;

    private readonly TempDirectory? _own;
    private readonly string _path;

    private SmallDisk(string path, TempDirectory? own)
    {
        _path = path;
        _own = own;
    }

    /// <summary>Whether this machine lets tests mount: root, outside of a container that forbids it.</summary>
    public static bool IsAvailable { get; } = TryMount();

    public string Path => _path;

    private string Ballast => System.IO.Path.Combine(_path, "ballast");

    /// <summary>In a directory of its own; a plain directory, which cannot be filled, where nothing can be mounted.</summary>
    public static SmallDisk Create(int megabytes)
    {
        TempDirectory own = new();
        return MountAt(own.Path, megabytes, own);
    }

    /// <summary>Over an empty directory, which must be free again before its owner deletes it.</summary>
    public static SmallDisk CreateAt(string path, int megabytes)
    {
        Directory.CreateDirectory(path);
        return MountAt(path, megabytes, own: null);
    }

    /// <summary>Leaves not one byte.</summary>
    public void Fill()
    {
        using FileStream ballast = new(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (int step = StepBytes; step > 0;)
        {
            try
            {
                ballast.Write(new byte[step]);
            }
            catch (IOException)
            {
                step /= 2;
            }
        }
    }

    /// <summary>Ends <see cref="Fill"/>.</summary>
    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        if (IsAvailable)
        {
            // Lazily: a process that was killed a moment ago may still hold it.
            Run("umount", "-l", _path);
        }

        _own?.Dispose();
    }

    private static SmallDisk MountAt(string path, int megabytes, TempDirectory? own)
    {
        if (IsAvailable && !Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=755", "none", path))
        {
            throw new XunitException($"Nothing can be mounted at {path}.");
        }

        return new SmallDisk(path, own);
    }

    private static bool TryMount()
    {
        using TempDirectory directory = new();
        return Run("mount", "-t", "tmpfs", "-o", "size=8k", "none", directory.Path) && Run("umount", directory.Path);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
