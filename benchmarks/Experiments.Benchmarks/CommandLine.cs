namespace Experiments.Benchmarks;

/// <summary>Options as <c>--name value</c>.</summary>
internal static class CommandLine
{
    public static string? Value(string[] args, string name)
    {
        int index = Array.IndexOf(args, name);
        return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
    }

    public static string Required(string[] args, string name) =>
        Value(args, name) ?? throw new ArgumentException($"{name} is missing.", nameof(args));
}
