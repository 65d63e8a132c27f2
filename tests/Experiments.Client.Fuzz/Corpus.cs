namespace Experiments.Client.Fuzz;

/// <summary>Inputs that are kept: small ones of every kind, and all that ever broke something.</summary>
internal static class Corpus
{
    /// <param name="name">Of the target.</param>
    public static IReadOnlyList<byte[]> Read(string name) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "corpus", name))
            .Order(StringComparer.Ordinal).Select(File.ReadAllBytes),
    ];
}
