using System.Text;
using System.Text.Json;

namespace Experiments.Cli.Output;

/// <summary>The standard streams. What the server says is written so that it cannot drive a terminal.</summary>
internal sealed class Terminal
{
    // Without the mark at the start that some encodings write; the same in every locale.
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private Terminal(bool isOutputTerminal, bool isErrorTerminal)
    {
        Out = new StreamWriter(Console.OpenStandardOutput(), s_utf8) { NewLine = "\n" };
        Error = new StreamWriter(Console.OpenStandardError(), s_utf8) { NewLine = "\n", AutoFlush = true };
        IsOutputTerminal = isOutputTerminal;
        bool isColorWanted = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        UsesColor = isOutputTerminal && isColorWanted;
        ErrorUsesColor = isErrorTerminal && isColorWanted;
    }

    /// <summary>Data. Flushed by who ends the command.</summary>
    public TextWriter Out { get; }

    /// <summary>Messages.</summary>
    public TextWriter Error { get; }

    public bool IsOutputTerminal { get; }

    /// <summary>On standard output.</summary>
    public bool UsesColor { get; }

    /// <summary>On standard error.</summary>
    public bool ErrorUsesColor { get; }

    /// <summary>Whether someone can be asked.</summary>
    public bool CanAsk { get; } = !Console.IsInputRedirected;

    public static Terminal OfProcess() => new(!Console.IsOutputRedirected, !Console.IsErrorRedirected);

    /// <summary>A message for people.</summary>
    public void Say(string message) => Error.WriteLine(SafeText.Lines(message));

    /// <summary>Text of one or more lines, as data.</summary>
    public void WriteText(string text) => WriteText(Out, text, UsesColor);

    /// <summary>Text of one or more lines, as a message.</summary>
    public void SayText(string text) => WriteText(Error, text, ErrorUsesColor);

    public void WriteJson(JsonElement json) => WriteJson(JsonText.Of(json));

    public void WriteJson(IEnumerable<JsonElement> items) => WriteJson(JsonText.Of(items));

    /// <summary>A file's bytes as they are; on a terminal, text that cannot drive it.</summary>
    public void WriteFile(ReadOnlySpan<byte> bytes)
    {
        if (IsOutputTerminal)
        {
            Out.Write(SafeText.Lines(s_utf8.GetString(bytes)));
            return;
        }

        Out.Flush();
        using Stream stream = Console.OpenStandardOutput();
        stream.Write(bytes);
    }

    /// <summary>Asks for yes; anything else, the end of the input too, is no.</summary>
    public async Task<bool> AskAsync(string question, CancellationToken cancellation)
    {
        await Out.FlushAsync(cancellation);
        await Error.WriteAsync(SafeText.Lines(question) + " [y/N] ");
        // A read of the console cannot be cancelled; the process ends without it.
        string? answer = await Task.Run(Console.In.ReadLine, cancellation).WaitAsync(cancellation);
        return answer?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    // Escaped on a terminal only: elsewhere programs read it, byte by byte.
    private void WriteJson(string json) => Out.WriteLine(IsOutputTerminal ? SafeText.Lines(json) : json);

    private static void WriteText(TextWriter writer, string text, bool color)
    {
        if (text.Length > 0)
        {
            writer.WriteLine(ChangeColors.Of(SafeText.Lines(text.TrimEnd('\n', '\r')), color));
        }
    }
}
