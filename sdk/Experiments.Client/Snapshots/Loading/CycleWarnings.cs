namespace Experiments.Client.Snapshots.Loading;

/// <summary>
/// Flags and audiences that ask for themselves, directly or through others: deciding one of them may end in the fault CYCLE. Whether it does
/// depends on the context; nobody means it.
/// </summary>
internal sealed class CycleWarnings
{
    private readonly Dictionary<(bool IsFlag, string Name), int> _nodes = [];
    private readonly List<Node> _all = [];
    private readonly HashSet<(int By, int Asked)> _asked = [];
    private int _current;

    private enum State : byte
    {
        Unseen,
        Open,
        Done,
    }

    /// <summary>What is asked for from here on is asked for by this one.</summary>
    public void Enter(bool isFlag, string name, FaultPath path)
    {
        _current = Find(isFlag, name);
        _all[_current].Path ??= path;
    }

    public void Ask(bool isFlag, string name)
    {
        int asked = Find(isFlag, name);
        if (_asked.Add((_current, asked)))
        {
            _all[_current].Asks.Add(asked);
        }
    }

    /// <summary>Names each way back into what is under way. No chain takes the thread's stack.</summary>
    public void Find(FaultLog log)
    {
        var states = new State[_all.Count];
        var next = new int[_all.Count];
        List<int> open = [];
        for (int start = 0; start < _all.Count && !log.IsFull; start++)
        {
            if (states[start] != State.Unseen)
            {
                continue;
            }

            open.Add(start);
            states[start] = State.Open;
            while (open.Count > 0 && !log.IsFull)
            {
                int node = open[^1];
                if (next[node] == _all[node].Asks.Count)
                {
                    states[node] = State.Done;
                    open.RemoveAt(open.Count - 1);
                    continue;
                }

                int asked = _all[node].Asks[next[node]++];
                if (states[asked] == State.Open)
                {
                    Add(log, open, asked);
                }
                else if (states[asked] == State.Unseen)
                {
                    states[asked] = State.Open;
                    open.Add(asked);
                }
            }
        }
    }

    private void Add(FaultLog log, List<int> open, int first)
    {
        const int MaxShown = 20;
        IEnumerable<int> cycle = open.Skip(open.LastIndexOf(first));
        string[] names = [.. cycle.Take(MaxShown).Select(node => _all[node].Name)];
        string more = open.Count - open.LastIndexOf(first) > MaxShown ? " -> …" : "";
        log.Add(_all[first].Path ?? FaultPath.Root, $"a cycle: {string.Join(" -> ", names)}{more} -> {_all[first].Name}");
    }

    private int Find(bool isFlag, string name)
    {
        if (!_nodes.TryGetValue((isFlag, name), out int node))
        {
            node = _all.Count;
            _nodes.Add((isFlag, name), node);
            _all.Add(new Node(isFlag ? name : $"audience {name}"));
        }

        return node;
    }

    private sealed class Node(string name)
    {
        public string Name => name;

        public FaultPath? Path { get; set; }

        public List<int> Asks { get; } = [];
    }
}
