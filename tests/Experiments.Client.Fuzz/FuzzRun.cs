namespace Experiments.Client.Fuzz;

/// <summary>Runs a target on a corpus and on what a seed makes of it. The same seed is the same run.</summary>
internal sealed class FuzzRun(FuzzTarget target, IReadOnlyList<byte[]> corpus, int seed)
{
    private const int MaxMutations = 6;

    private readonly Random _random = new(seed);

    /// <summary>How many inputs were accepted.</summary>
    public long Accepted { get; private set; }

    /// <summary>The first input that broke the contract, and how; null where none did.</summary>
    public string? Failure { get; private set; }

    public int RunCorpus()
    {
        foreach (byte[] input in corpus)
        {
            Run(input);
        }

        return corpus.Count;
    }

    public int RunMutations(int count)
    {
        var mutator = new Mutator(_random, corpus);
        int done = 0;
        for (; done < count && Failure is null; done++)
        {
            byte[] input = corpus[_random.Next(corpus.Count)];
            for (int i = _random.Next(1, MaxMutations); i > 0; i--)
            {
                input = mutator.Mutate(input);
            }

            Run(input);
        }

        return done;
    }

    private void Run(byte[] input)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            Accepted += target.Run(input) ? 1 : 0;
        }
#pragma warning disable CA1031 // Whatever escapes is what is looked for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Failure = $"{exception}{Environment.NewLine}input, base64: {Convert.ToBase64String(input)}";
        }
    }
}
