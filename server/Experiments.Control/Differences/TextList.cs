using System.Text;

namespace Experiments.Control.Differences;

/// <summary>Texts and lists of texts in sentences: short, however long they are.</summary>
internal static class TextList
{
    /// <summary>Characters after which values and lists are cut.</summary>
    public const int MaxLength = 200;

    public static string Cut(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    public static string Quote(string text) => $"\"{Cut(text)}\"";

    /// <summary>With separators of thousands.</summary>
    public static string Number(int number) => number.ToString("N0");

    /// <summary>One at least is written out; those that do not fit are counted.</summary>
    public static string Join(IReadOnlyCollection<string> texts, string separator)
    {
        var joined = new StringBuilder();
        int written = 0;
        foreach (string text in texts)
        {
            if (written > 0 && joined.Length + separator.Length + text.Length > MaxLength)
            {
                return joined.Append(" and ").Append(Number(texts.Count - written)).Append(" more").ToString();
            }

            joined.Append(written > 0 ? separator : "").Append(text);
            written++;
        }

        return joined.ToString();
    }
}
