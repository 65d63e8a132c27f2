namespace Experiments.Tests.Support;

/// <summary>A new empty directory, deleted with all its content on dispose.</summary>
public sealed class TempDirectory : IDisposable
{
    private static readonly EnumerationOptions s_everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
    };

    /// <summary>Absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("experiments-test-").FullName;

    /// <summary>Absolute path of something inside, which need not exist.</summary>
    public string PathOf(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>All files inside, at any depth, as sorted relative paths with <c>/</c>.</summary>
    public IReadOnlyList<string> Files() =>
        [
            .. Directory.EnumerateFiles(Path, "*", s_everything)
                .Select(file => System.IO.Path.GetRelativePath(Path, file))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Deletes it. Does nothing when it is gone already.</summary>
    public void Dispose()
    {
        // A process that was killed a moment ago may still have been writing: what it added meanwhile goes in the second pass.
        for (int attempt = 1; Directory.Exists(Path); attempt++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException) when (attempt < 5)
            {
            }
        }
    }
}
