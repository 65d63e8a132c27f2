using System.Text.RegularExpressions;

namespace Experiments.Client.Tests.Targeting.Text;

/// <summary>A regular expression with what it means: from the places in a text where it may start to those where it may end.</summary>
/// <param name="Text">The expression.</param>
/// <param name="Ends">Places are bits: bit 0 is before the first character. Texts have at most 63 characters.</param>
internal sealed record PatternMeaning(string Text, Func<string, ulong, ulong> Ends)
{
    /// <summary>Exactly one character, of which the framework knows whether it is meant.</summary>
    public static PatternMeaning Character(string text)
    {
        Regex regex = new($"\\A(?:{text})\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        bool[] isMeant = [.. Enumerable.Range(0, 256).Select(one => regex.IsMatch(((char)one).ToString()))];
        return new PatternMeaning(text, (subject, starts) =>
        {
            ulong ends = 0;
            for (int i = 0; i < subject.Length; i++)
            {
                ends |= (starts & (1UL << i)) != 0 && isMeant[subject[i]] ? 1UL << (i + 1) : 0;
            }

            return ends;
        });
    }

    /// <summary>No character, at some places only.</summary>
    public static PatternMeaning Place(string text, Func<string, int, bool> isThere) => new(text, (subject, starts) =>
    {
        ulong ends = 0;
        for (int i = 0; i <= subject.Length; i++)
        {
            ends |= (starts & (1UL << i)) != 0 && isThere(subject, i) ? 1UL << i : 0;
        }

        return ends;
    });

    public PatternMeaning Then(PatternMeaning next) => new(Text + next.Text, (subject, starts) => next.Ends(subject, Ends(subject, starts)));

    public PatternMeaning Or(PatternMeaning other) =>
        new($"(?:{Text}|{other.Text})", (subject, starts) => Ends(subject, starts) | other.Ends(subject, starts));

    /// <param name="repeat">As it is written.</param>
    /// <param name="min">Times.</param>
    /// <param name="max">Times; null has no end.</param>
    public PatternMeaning Repeated(string repeat, int min, int? max) => new($"(?:{Text}){repeat}", (subject, starts) =>
    {
        ulong ends = starts;
        for (int i = 0; i < min; i++)
        {
            ends = Ends(subject, ends);
        }

        for (int i = min; max is null || i < max; i++)
        {
            ulong more = ends | Ends(subject, ends);
            if (more == ends)
            {
                break;
            }

            ends = more;
        }

        return ends;
    });

    /// <summary>Whether it is anywhere in a text.</summary>
    public bool IsMatch(string text) => Ends(text, (1UL << (text.Length + 1)) - 1) != 0;

    public override string ToString() => Text;
}
