namespace Experiments.Client.Targeting;

/// <summary>
/// Names and operands as the runtime interns them: a caller's literal is then the same object, and comparing it is comparing references
/// (row decide-one-literal of <c>Experiments.Benchmarks bars</c>). The runtime never forgets an interned text, so only short ones are: what
/// people write into conditions, again and again the same.
/// </summary>
internal static class InternedText
{
    private const int MaxLength = 32;

    public static string Of(ReadOnlySpan<char> text) => text.Length <= MaxLength ? string.Intern(text.ToString()) : text.ToString();
}
